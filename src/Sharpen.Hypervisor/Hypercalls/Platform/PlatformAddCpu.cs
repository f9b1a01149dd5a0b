using Sharpen.Abi;
using Sharpen.Hypervisor.Acpi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>A CPU was plugged in: there is no room for it. <see cref="Errno.Exist"/>: it is there already; <see cref="Errno.Inval"/>: no APIC can have that id; <see cref="Errno.NoSpc"/>.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.AddCpu)]
public readonly struct PlatformAddCpu : IHypercall<PlatformCpuAddition>
{
    private const uint NoApic = uint.MaxValue;

    public static Answer Execute(ref Vcpu caller, ref PlatformCpuAddition arguments)
    {
        if (arguments.ApicId == NoApic)
        {
            return Errno.Inval;
        }

        return Firmware.Facts.FindCpu(arguments.ApicId) >= 0 ? Errno.Exist : Errno.NoSpc;
    }
}
