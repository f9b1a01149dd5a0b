using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Features;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>
/// Says what CPUID and model-specific registers are to tell a domain that has not run, leaf by leaf; others stay. What the host does not offer is left out
/// without a word. <see cref="Errno.Exist"/>: the domain has run; <see cref="Errno.Inval"/>: the caller's own, more leaves than the host has, or a value that
/// a register cannot have; <see cref="Errno.TooBig"/>: more leaves or registers than there can be; <see cref="Errno.Range"/>: a leaf or register that is in
/// no policy; the structure tells which. <see cref="Errno.Fault"/>: they cannot be read; <see cref="Errno.NoMem"/>.
/// </summary>
[Hypercall(Hypercall.Domctl, DomctlCommand.SetCpuPolicy, WritesBack = true, WritesBackRefused = true)]
public readonly struct DomctlSetCpuPolicy : IDomctl<DomctlCpuPolicy>
{
    private const uint None = uint.MaxValue;
    private const uint Extended = 0x8000_0000;
    private const uint PlatformInfo = 0xce;
    private const uint Capabilities = 0x10a;

    public static Answer Execute(ref Vcpu caller, ref Domain target, ref DomctlCpuPolicy arguments)
    {
        if (target.Phase != DomainPhase.Building || target.Id == caller.Id.Domain)
        {
            return target.Id == caller.Id.Domain ? Errno.Inval : Errno.Exist;
        }

        if (arguments.LeafCount > CpuPolicies.MostLeaves || arguments.RegisterCount > CpuPolicies.Registers)
        {
            return Errno.TooBig;
        }

        if (!DomainPolicies.Begin(ref target).Try(out int copy, out Errno noRoom))
        {
            return noRoom;
        }

        Result read = ReadLeaves(copy, ref arguments);
        read = read.Try(out _) ? CheckRegisters(ref arguments) : read;
        if (read.Try(out _))
        {
            return DomainPolicies.Commit(ref target, copy);
        }

        DomainPolicies.Discard(copy);
        return read;
    }

    private static Result ReadLeaves(int copy, ref DomctlCpuPolicy arguments)
    {
        if (!GuestHandle<CpuidLeaf>.From(arguments.Leaves, arguments.LeafCount).Try(out GuestHandle<CpuidLeaf> leaves, out Errno wrapped))
        {
            return wrapped;
        }

        ref CpuidTable table = ref DomainPolicies.Edit(copy);
        for (ulong index = 0; index < leaves.Count; index++)
        {
            if (!GuestMemory.Read(leaves, index).Try(out CpuidLeaf leaf, out Errno unreadable))
            {
                return unreadable;
            }

            if (!IsHypervisor(in leaf) && !TryTake(ref table, in leaf))
            {
                return Refuse(ref arguments, leaf.Leaf, leaf.Subleaf, None, Errno.Range);
            }
        }

        uint beyond = IsBeyond(in table, 0) ? 0 : Extended;
        if (IsBeyond(in table, beyond))
        {
            return Refuse(ref arguments, beyond, None, None, Errno.Inval);
        }

        return Result.Success;
    }

    private static bool IsBeyond(in CpuidTable table, uint first)
    {
        CpuidCaller anybody = default;
        return table.Read(first, 0).Eax > CpuidPolicy.Query(in anybody, first, 0).Eax;
    }

    // Leaves without subleaves are named with all ones for one.
    private static bool TryTake(ref CpuidTable table, in CpuidLeaf leaf) => CpuidTable.HasSubleaves(leaf.Leaf) == (leaf.Subleaf != None)
        && table.TryWrite(leaf.Leaf, leaf.Subleaf == None ? 0 : leaf.Subleaf, new Cpuid(leaf.Eax, leaf.Ebx, leaf.Ecx, leaf.Edx));

    // How many leaves of its own a hypervisor shows: of ours all are shown.
    private static bool IsHypervisor(in CpuidLeaf leaf) => leaf.Leaf is 0x4000_0000 or 0x4000_0100 && leaf.Subleaf == None;

    private static Errno Refuse(ref DomctlCpuPolicy arguments, uint leaf, uint subleaf, uint register, Errno error)
    {
        arguments.BadLeaf = leaf;
        arguments.BadSubleaf = subleaf;
        arguments.BadRegister = register;
        return error;
    }

    private static Result CheckRegisters(ref DomctlCpuPolicy arguments)
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

            bool isKnown = register.Number is PlatformInfo or Capabilities;
            if (!isKnown || register.Flags != 0 || (register.Number == PlatformInfo && register.Value != 0))
            {
                return Refuse(ref arguments, None, None, register.Number, isKnown ? Errno.Inval : Errno.Range);
            }
        }

        return Result.Success;
    }
}
