using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Sharpen.Abi;
using Sharpen.Hypervisor.Hypercalls;

namespace Sharpen.Fuzz.Hypercalls;

/// <summary>One operation of the guest interface, as its attribute declares it: a new one is fuzzed without a line of change here.</summary>
/// <param name="Number">The call.</param>
/// <param name="Command">Its command, if it has one.</param>
/// <param name="Structure">What its argument points to, where that is known.</param>
internal sealed record CallRow(Hypercall Number, ulong? Command, Type? Structure)
{
    // Lists, which the operations read themselves.
    private static readonly Dictionary<(Hypercall Number, ulong? Command), Type> s_lists = new()
    {
        [(Hypercall.MmuUpdate, null)] = typeof(MmuUpdate),
        [(Hypercall.MmuExtendedOp, null)] = typeof(MmuExtendedOp),
        [(Hypercall.Multicall, null)] = typeof(MulticallEntry),
        [(Hypercall.SetTrapTable, null)] = typeof(TrapInfo),
        [(Hypercall.VcpuOp, (ulong)VcpuCommand.RegisterVcpuInfo)] = typeof(VcpuRegisterInfo),
        [(Hypercall.VcpuOp, (ulong)VcpuCommand.Initialise)] = typeof(VcpuGuestContext),
        [(Hypercall.GrantTableOp, (ulong)GrantTableCommand.MapGrantRef)] = typeof(GrantMap),
        [(Hypercall.GrantTableOp, (ulong)GrantTableCommand.UnmapGrantRef)] = typeof(GrantUnmap),
        [(Hypercall.GrantTableOp, (ulong)GrantTableCommand.UnmapAndReplace)] = typeof(GrantReplace),
        [(Hypercall.GrantTableOp, (ulong)GrantTableCommand.Copy)] = typeof(GrantCopy),
        [(Hypercall.GrantTableOp, (ulong)GrantTableCommand.SetupTable)] = typeof(GrantSetupTable),
        [(Hypercall.GrantTableOp, (ulong)GrantTableCommand.QuerySize)] = typeof(GrantQuerySize),
        [(Hypercall.GrantTableOp, (ulong)GrantTableCommand.SwapGrantRef)] = typeof(GrantSwap),
        [(Hypercall.GrantTableOp, (ulong)GrantTableCommand.Transfer)] = typeof(GrantTransfer),
        [(Hypercall.GrantTableOp, (ulong)GrantTableCommand.CacheFlush)] = typeof(GrantCacheFlush),
        [(Hypercall.GrantTableOp, (ulong)GrantTableCommand.GetStatusFrames)] = typeof(GrantGetStatusFrames),
        [(Hypercall.GrantTableOp, (ulong)GrantTableCommand.SetVersion)] = typeof(GrantSetVersion),
    };

    /// <summary>Every operation that there is.</summary>
    public static IReadOnlyList<CallRow> All { get; } =
    [
        .. from type in typeof(HypercallAttribute).Assembly.GetTypes()
           from data in type.CustomAttributes
           where data.AttributeType.Name.EndsWith(nameof(HypercallAttribute), StringComparison.Ordinal) && data.ConstructorArguments.Count > 0
           orderby type.FullName
           select Of(type, data),
    ];

    private static CallRow Of(Type type, CustomAttributeData data)
    {
        IList<CustomAttributeTypedArgument> arguments = data.ConstructorArguments;
        Hypercall number = arguments[0].ArgumentType == typeof(Hypercall) ? (Hypercall)(uint)arguments[0].Value! : default;
        ulong? command = arguments.Count > 1 ? Convert.ToUInt64(arguments[1].Value) : null;
        Type? structure = type.GetInterfaces().FirstOrDefault(face => face.IsGenericType)?.GetGenericArguments()[0];
        return new CallRow(number, command, structure ?? s_lists.GetValueOrDefault((number, command)));
    }
}
