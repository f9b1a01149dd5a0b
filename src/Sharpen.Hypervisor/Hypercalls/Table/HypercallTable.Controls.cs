using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls.Table;

/// <summary>
/// Calls of a toolstack: the only argument points to a command, the version of the interface that the caller was made for, and the command's
/// structure. A wrong version is <see cref="Errno.Acces"/>; what cannot be read <see cref="Errno.Fault"/>; <see cref="Errno.Perm"/>: the
/// caller is not privileged.
/// </summary>
public static partial class HypercallTable
{
    private const uint PlatformVersion = 0x0300_0001;
    private const uint ToolsVersion = 0x15;
    private const uint MachineCheckVersion = 0x01ec_c003;
    private const ulong StructureOffset = 8;
    private const ulong DomctlStructureOffset = 16;

    private static bool TryOpen(in Vcpu caller, in HypercallArguments call, out ControlHeader header, out Errno refused)
    {
        header = default;
        if (!GuestHandle<ControlHeader>.From(call.First).Try(out GuestHandle<ControlHeader> handle, out refused)
            || !GuestMemory.Read(handle).Try(out header, out refused))
        {
            return false;
        }

        uint version = call.Number switch
        {
            Hypercall.PlatformOp => PlatformVersion,
            Hypercall.Arch0 => MachineCheckVersion,
            _ => ToolsVersion,
        };
        refused = header.InterfaceVersion != version ? Errno.Acces
            : IsPrivileged(in caller) ? Errno.None : Errno.Perm;
        return refused == Errno.None;
    }

    private static Answer RunControl<TOperation, TArguments>(ref Vcpu caller, in HypercallArguments call, bool writesBack)
        where TOperation : struct, IHypercall<TArguments>
        where TArguments : unmanaged, IAbiData
    {
        ulong offset = call.Number == Hypercall.Domctl ? DomctlStructureOffset : StructureOffset;
        if (!TryArguments(in call, offset, out GuestHandle<TArguments> handle, out TArguments arguments, out Errno refused))
        {
            return refused;
        }

        Answer answer = TOperation.Execute(ref caller, ref arguments);
        return writesBack ? WriteBack(handle, in arguments, answer) : answer;
    }

    private static Answer RunOnDomain<TOperation, TArguments>(ref Vcpu caller, in HypercallArguments call, bool writesBack)
        where TOperation : struct, IDomctl<TArguments>
        where TArguments : unmanaged, IAbiData
    {
        ref Domain target = ref FindTarget(in call, out Errno refused);
        if (refused != Errno.None)
        {
            return refused;
        }

        if (!TryArguments(in call, DomctlStructureOffset, out GuestHandle<TArguments> handle, out TArguments arguments, out refused))
        {
            return refused;
        }

        Answer answer = TOperation.Execute(ref caller, ref target, ref arguments);
        return writesBack ? WriteBack(handle, in arguments, answer) : answer;
    }

    /// <summary>The same for an operation that says in its structure why it refuses.</summary>
    private static Answer RunOnDomainAlwaysBack<TOperation, TArguments>(ref Vcpu caller, in HypercallArguments call)
        where TOperation : struct, IDomctl<TArguments>
        where TArguments : unmanaged, IAbiData
    {
        ref Domain target = ref FindTarget(in call, out Errno refused);
        if (refused != Errno.None || !TryArguments(in call, DomctlStructureOffset, out GuestHandle<TArguments> handle, out TArguments arguments, out refused))
        {
            return refused;
        }

        Answer answer = TOperation.Execute(ref caller, ref target, ref arguments);
        return answer.Kind != AnswerKind.Value || GuestMemory.Write(handle, arguments).Try(out Errno unwritable) ? answer : unwritable;
    }

    /// <summary>An operation on a domain that is not there: without the domain it would not get so far.</summary>
    private static Answer MissingOnDomain(in HypercallArguments call)
    {
        FindTarget(in call, out Errno refused);
        return refused == Errno.None ? Errno.NoSys : refused;
    }

    private static ref Domain FindTarget(in HypercallArguments call, out Errno refused)
    {
        if (!TryArguments(in call, StructureOffset, out _, out GuestHalfWord number, out refused))
        {
            return ref Refs.Null<Domain>();
        }

        ref Domain target = ref DomainList.Find(new DomainId((ushort)(number.Value & ushort.MaxValue)));
        refused = Refs.IsNull(ref target) || target.Phase == DomainPhase.Dead ? Errno.Srch : Errno.None;
        return ref target;
    }

    private static bool TryArguments<TArguments>(
        in HypercallArguments call, ulong offset, out GuestHandle<TArguments> handle, out TArguments arguments, out Errno refused)
        where TArguments : unmanaged, IAbiData
    {
        arguments = default;
        handle = default;
        refused = Errno.Fault;
        return call.First <= ulong.MaxValue - offset
            && GuestHandle<TArguments>.From(call.First + offset).Try(out handle, out refused) && GuestMemory.Read(handle).Try(out arguments, out refused);
    }

    private static Answer WriteBack<TArguments>(GuestHandle<TArguments> handle, in TArguments arguments, Answer answer)
        where TArguments : unmanaged, IAbiData =>
        answer.Kind != AnswerKind.Value || answer.Value < 0 || GuestMemory.Write(handle, arguments).Try(out Errno unwritable) ? answer : unwritable;
}
