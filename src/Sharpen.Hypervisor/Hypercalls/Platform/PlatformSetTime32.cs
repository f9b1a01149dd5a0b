using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>Says what time of day it is, to all domains. <see cref="Errno.Inval"/>: before the host's start.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.SetTime32)]
public readonly struct PlatformSetTime32 : IHypercall<PlatformTime32>
{
    public static Answer Execute(ref Vcpu caller, ref PlatformTime32 arguments) =>
        WallClock.Set(arguments.Seconds, arguments.Nanoseconds, new Instant(arguments.SystemTime));
}
