using Sharpen.Abi;
using Sharpen.Hypervisor.Diagnostics;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Pv;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Boot;

/// <summary>The ways into the hypervisor, as the stubs call them. Each that comes from a guest says what the CPU does next.</summary>
public static class Entry
{
    /// <summary>A guest was interrupted, faulted, or asked for something.</summary>
    public static NextStep FromGuest(ref CpuUserRegisters registers)
    {
        Quiescence.Enter();
        if (!GuestEntry.TryServe(ref Dispatcher.Current, ref registers))
        {
            HostInterrupts.Serve(registers.EntryVector);
        }

        return Leave();
    }

    /// <summary>An idle CPU has been interrupted and the interrupt served; what next?</summary>
    public static NextStep Idle()
    {
        Quiescence.Enter();
        return Leave();
    }

    /// <summary>An interrupt while this CPU was idle.</summary>
    public static void IdleInterrupt(uint vector)
    {
        CpuIdle.End();
        Quiescence.Enter();
        HostInterrupts.Serve(vector);
    }

    /// <summary>The work for the current guest ended in a bug of ours, which is reported already: its domain dies, the host goes on.</summary>
    public static NextStep AfterCrash()
    {
        DomainControl.Crash(ref Dispatcher.Current, "a bug in the hypervisor ended its work, rip", GuestCpu.Registers.Rip);
        return Leave();
    }

    /// <summary>A fault in the hypervisor that no stub expected.</summary>
    public static void HostFault(ref CpuUserRegisters registers)
    {
        if (HostTraps.IsConfinedToGuest(in registers))
        {
            Panic.ReportConfined(in registers);
            HostTraps.ResetStack();
        }

        Panic.Fault(ref registers);
    }

    /// <summary>NMI, machine check, double fault, or a debug exception in the hypervisor.</summary>
    public static void OwnStack(ref CpuUserRegisters registers)
    {
        if (!HostTraps.TryIgnoreDebug(ref registers))
        {
            Panic.OwnStack(ref registers);
        }
    }

    /// <summary>The way out: whoever is to run gets the events that wait for it, and that may stop it again. An idle CPU buries the dead.</summary>
    internal static NextStep Leave()
    {
        while (true)
        {
            NextStep step = Dispatcher.Leave();
            Reaper.Work();
            HostEvents.TellConsoleNews();
            if (step == NextStep.Idle)
            {
                if (!Reaper.HasWork)
                {
                    CpuIdle.Begin();
                    Quiescence.Leave();
                    return NextStep.Idle;
                }

                Machine.Cpu.Processor.Relax();
                Quiescence.Enter();     // nothing is held here: what is retired need not wait for this CPU
                continue;
            }

            ref Vcpu vcpu = ref Dispatcher.Current;
            if (vcpu.Context.HasLostSelector)
            {
                GuestExceptions.DeliverFailsafe(ref vcpu, ref GuestCpu.Registers);
            }

            if (vcpu.NmiPending)
            {
                GuestExceptions.DeliverNmi(ref vcpu, ref GuestCpu.Registers);
            }

            if (GuestExceptions.WantsUpcall(ref vcpu))
            {
                GuestExceptions.DeliverUpcall(ref vcpu, ref GuestCpu.Registers);
            }

            if (!Dispatcher.MustDecide)
            {
                Quiescence.Leave();
                return NextStep.ResumeGuest;
            }
        }
    }
}
