using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>Trace buffers, of which there are none: tells so, takes masks, is disabled. <see cref="Errno.Inval"/>: anything else.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.TraceBuffer, WritesBack = true)]
public readonly struct SysctlTraceBuffer : IHypercall<SysctlTrace>
{
    private const uint AllEvents = 0x0fff_f000;
    private const uint GetInfo = 0;
    private const uint SetCpuMask = 1;
    private const uint SetEventMask = 2;
    private const uint Disable = 5;

    public static Answer Execute(ref Vcpu caller, ref SysctlTrace arguments)
    {
        switch (arguments.Command)
        {
            case GetInfo:
                arguments.EventMask = AllEvents;
                arguments.BufferFrame = 0;
                arguments.Size = 0;
                return 0;
            case SetCpuMask or SetEventMask or Disable:
                return 0;
            default:
                return Errno.Inval;
        }
    }
}
