using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Power;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>Switches the host off (S5), with what the hardware domain read from its byte code. <see cref="Errno.Inval"/>: no such state or flag; <see cref="Errno.OpNotSupp"/>: another state; <see cref="Errno.Perm"/>: the firmware named no register for it.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.EnterAcpiSleep)]
public readonly struct PlatformEnterSleep : IHypercall<PlatformSleep>
{
    private const uint Deepest = 5;
    private const uint SwitchedOff = 5;

    public static Answer Execute(ref Vcpu caller, ref PlatformSleep arguments)
    {
        if (arguments.State is 0 or > Deepest || arguments.Flags > 1)
        {
            return Errno.Inval;
        }

        // With the flag the values are for the registers of hardware-reduced ACPI.
        if (arguments.State != SwitchedOff || arguments.Flags != 0)
        {
            return Errno.OpNotSupp;
        }

        return HostPower.TrySwitchOff(arguments.ValueA, arguments.ValueB) ? 0 : Errno.Perm;
    }
}
