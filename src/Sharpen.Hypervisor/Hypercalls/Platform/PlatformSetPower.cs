using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>What the firmware says about saving power. It is looked at and not used: CPUs idle by halting. <see cref="Errno.Inval"/>: no such CPU or kind; <see cref="Errno.NoSys"/>: throttling; <see cref="Errno.Fault"/>: the list cannot be read.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.SetProcessorPower)]
public readonly struct PlatformSetPower : IHypercall<PlatformPower>
{
    private const uint IdleStates = 0;
    private const uint Performance = 1;
    private const uint Throttling = 2;
    private const uint DriverBits = 3;

    public static Answer Execute(ref Vcpu caller, ref PlatformPower arguments)
    {
        if (!HostCpus.IsKnownToAcpi(arguments.AcpiId))
        {
            return Errno.Inval;
        }

        switch (arguments.Type)
        {
            case IdleStates:
                return arguments.IdleStateCount == 0 ? 0 : Look(arguments.IdleStates);
            case Performance:
                return 0;
            case Throttling:
                return Errno.NoSys;
            case DriverBits:
                return Look(arguments.DriverBits);
            default:
                return Errno.Inval;
        }
    }

    private static Answer Look(ulong address) =>
        GuestHandle<GuestWord>.From(address).Try(out GuestHandle<GuestWord> word, out Errno wrapped) ? GuestMemory.Read(word).Error : wrapped;
}
