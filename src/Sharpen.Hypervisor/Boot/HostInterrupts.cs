using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Diagnostics.Keys;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;

namespace Sharpen.Hypervisor.Boot;

/// <summary>Interrupts that are the hypervisor's own.</summary>
public static class HostInterrupts
{
    /// <summary>Serves and acknowledges one. Runs with interrupts off, from a guest or from idle.</summary>
    public static void Serve(uint vector)
    {
        switch ((Vector)(vector & 0xff))
        {
            case Vector.Kick:
                LocalApic.Acknowledge();
                Processor.ServeRequests();
                Dispatcher.OnKick();
                break;
            case Vector.LocalTimer:
                LocalApic.Acknowledge();
                Dispatcher.OnTimer();
                break;
            case Vector.Serial:
                LocalApic.Acknowledge();
                HostConsole.Poll();
                if (DebugKeys.Poll())
                {
                    HostEvents.Raise(Virq.Console);
                }

                HostConsole.Poll();             // again: the line is edge-triggered and must be low when we leave
                break;
            case Vector.Spurious:
                break;
            default:
                LineDelivery.Serve((byte)(vector & 0xff));
                break;
        }
    }
}
