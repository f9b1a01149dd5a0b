using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sharpen.Build.Structure;
using Xunit;

namespace Sharpen.Architecture;

/// <summary>The hosted assemblies keep the rules; <c>Sharpen.Build structure --check</c> looks at those of the image in the same way.</summary>
public sealed class AssemblyTests : IDisposable
{
    private static readonly string[] s_backDoors =
    [
        "System.Runtime.CompilerServices.Unsafe", "System.Runtime.InteropServices.MemoryMarshal", "System.Runtime.InteropServices.DllImportAttribute",
        "System.Runtime.InteropServices.Marshal", "System.Runtime.InteropServices.NativeMemory", "System.Runtime.InteropServices.CollectionsMarshal",
        "System.Runtime.CompilerServices.UnsafeAccessorAttribute",
    ];

    private readonly CompiledAssembly _abi = Open("Sharpen.Abi");
    private readonly CompiledAssembly _machine = Open("Sharpen.Machine");
    private readonly CompiledAssembly _hypervisor = Open("Sharpen.Hypervisor");

    private IEnumerable<Use> Uses => _abi.Uses().Concat(_machine.Uses()).Concat(_hypervisor.Uses());

    public void Dispose()
    {
        _abi.Dispose();
        _machine.Dispose();
        _hypervisor.Dispose();
    }

    [Fact]
    public void No_arrow_points_up() => Assert.Empty(Rules.Upward(Uses));

    /// <summary>The pretend hardware of the simulated machine knows all of it and is known by all of it.</summary>
    [Fact]
    public void No_folders_of_an_assembly_use_one_another_in_a_circle() =>
        Assert.Empty(Rules.Circles(Uses.Where(static use => !use.From.Namespace.StartsWith("Sharpen.Machine.Simulation", StringComparison.Ordinal))));

    [Fact]
    public void Only_the_machine_is_unsafe()
    {
        Assert.False(_abi.IsUnsafe);
        Assert.False(_hypervisor.IsUnsafe);
        Assert.True(_machine.IsUnsafe);
    }

    [Fact]
    public void Nothing_static_changes_outside_the_machine()
    {
        Assert.Empty(_abi.MutableStatics());
        Assert.Empty(_hypervisor.MutableStatics());
    }

    [Fact]
    public void Policy_has_no_back_doors_to_memory()
    {
        Assert.Empty(_abi.ForeignTypes.Intersect(s_backDoors));
        Assert.Empty(_hypervisor.ForeignTypes.Intersect(s_backDoors));
    }

    private static CompiledAssembly Open(string name) => new(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
}
