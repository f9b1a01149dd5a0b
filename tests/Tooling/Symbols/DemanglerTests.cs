using System;
using System.IO;
using Sharpen.Build.Symbols;
using Xunit;

namespace Sharpen.Tooling.Symbols;

public sealed class DemanglerTests
{
    private static readonly Demangler s_demangler = new(new MangledNames([Assembly("Sharpen.Abi"), Assembly("Sharpen.Machine"), Assembly("Sharpen.Hypervisor")]));

    [Theory]
    [InlineData("Sharpen_Hypervisor_Sharpen_Hypervisor_Boot_BringUp__Run", "Sharpen.Hypervisor.Boot.BringUp", "Run")]
    [InlineData("Sharpen_Hypervisor_Sharpen_Hypervisor_Boot_BringUp___Run_g__Loc_0_0", "Sharpen.Hypervisor.Boot.BringUp", "Run.Loc")]
    [InlineData("Sharpen_Machine_Sharpen_Machine_Locks_SpinLock_1<Sharpen_Machine_Sharpen_Machine_Locks_HeapRank>__Enter<Sharpen_Machine_Sharpen_Machine_Locks_NoLocksRank>",
        "Sharpen.Machine.Locks.SpinLock<HeapRank>", "Enter<NoLocksRank>")]
    [InlineData("Sharpen_Machine_Sharpen_Machine_Results_Result_1<Int32>__Try_0", "Sharpen.Machine.Results.Result<int>", "Try")]
    [InlineData("Sharpen_Machine_Sharpen_Machine_Results_Result_1<Unknown_Thing>__Try", "Sharpen.Machine.Results.Result<Thing>", "Try")]
    [InlineData("start32", "", "start32")]
    [InlineData("__managed__Startup", "", "__managed__Startup")]
    public void A_symbol_becomes_what_a_programmer_wrote(string symbol, string type, string method) => Assert.Equal((type, method), s_demangler.Name(symbol));

    private static string Assembly(string name) => Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
}
