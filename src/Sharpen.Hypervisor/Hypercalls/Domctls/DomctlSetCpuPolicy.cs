using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Features;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Says what CPUID and model-specific registers are to tell a domain that has not run. What says no more than the host offers is accepted, but changes
/// nothing yet. <see cref="Errno.Inval"/>: a feature that the host does not offer; <see cref="Errno.Exist"/>: the domain has run; <see cref="Errno.TooBig"/>:
/// more leaves or registers than there can be; <see cref="Errno.Range"/>: a register of no policy; <see cref="Errno.Fault"/>: they cannot be read.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetCpuPolicy, WritesBack = true)]
public readonly struct DomctlSetCpuPolicy : IDomctl<DomctlCpuPolicy>
{
    private const uint MostLeaves = 1024;
    private const uint First = 1;
    private const uint Structured = 7;
    private const uint Extended = 0x8000_0001;
    private const uint PlatformInfo = 0xce;
    private const uint Capabilities = 0x10a;
    private const uint OsXsave = 1U << 27;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlCpuPolicy arguments)
    {
        if (target.Phase != DomainPhase.Building)
        {
            return Errno.Exist;
        }

        if (arguments.LeafCount > MostLeaves || arguments.RegisterCount > CpuPolicies.Registers)
        {
            return Errno.TooBig;
        }

        CpuidCaller guest = new() { IsHardware = target.IsHardware };
        Result read = CheckLeaves(in guest, in arguments);
        return read.Try(out _) ? CheckRegisters(in arguments) : read;
    }

    private static Result CheckLeaves(in CpuidCaller guest, in DomctlCpuPolicy arguments)
    {
        if (!GuestHandle<CpuidLeaf>.From(arguments.Leaves, arguments.LeafCount).Try(out GuestHandle<CpuidLeaf> leaves, out Errno wrapped))
        {
            return wrapped;
        }

        for (ulong index = 0; index < leaves.Count; index++)
        {
            if (!GuestMemory.Read(leaves, index).Try(out CpuidLeaf leaf, out Errno unreadable))
            {
                return unreadable;
            }

            if (!IsOffered(in guest, in leaf))
            {
                return Errno.Inval;
            }
        }

        return Result.Success;
    }

    private static bool IsOffered(in CpuidCaller guest, in CpuidLeaf leaf)
    {
        Cpuid ours = CpuidPolicy.Query(in guest, leaf.Leaf, leaf.Leaf == Structured ? leaf.Subleaf : 0);
        return leaf.Leaf switch
        {
            First => (leaf.Ecx & ~ours.Ecx & ~OsXsave) == 0 && (leaf.Edx & ~ours.Edx) == 0,
            Structured => leaf.Subleaf != 0 || ((leaf.Ebx & ~ours.Ebx) == 0 && (leaf.Ecx & ~ours.Ecx) == 0 && (leaf.Edx & ~ours.Edx) == 0),
            Extended => (leaf.Ecx & ~ours.Ecx) == 0 && (leaf.Edx & ~ours.Edx) == 0,
            _ => true,
        };
    }

    private static Result CheckRegisters(in DomctlCpuPolicy arguments)
    {
        if (!GuestHandle<RegisterEntry>.From(arguments.Registers, arguments.RegisterCount).Try(out GuestHandle<RegisterEntry> registers, out Errno wrapped))
        {
            return wrapped;
        }

        for (ulong index = 0; index < registers.Count; index++)
        {
            if (!GuestMemory.Read(registers, index).Try(out RegisterEntry register, out Errno unreadable))
            {
                return unreadable;
            }

            if (register.Number is not (PlatformInfo or Capabilities))
            {
                return Errno.Range;
            }
        }

        return Result.Success;
    }
}
