using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>Says what time of day it is, to all domains. <see cref="Errno.Inval"/>: before the host's start, beyond 2554, or a reserved field.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.SetTime64)]
public readonly struct PlatformSetTime64 : IHypercall<PlatformTime>
{
    public static Answer Execute(ref Vcpu caller, ref PlatformTime arguments) =>
        arguments.Zero == 0 ? WallClock.Set(arguments.Seconds, arguments.Nanoseconds, new Instant(arguments.SystemTime)) : Errno.Inval;
}
