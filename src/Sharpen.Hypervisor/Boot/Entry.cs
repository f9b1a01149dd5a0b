using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Diagnostics;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;
using Sharpen.Hypervisor.Hypercalls.Table;
using Sharpen.Hypervisor.Pv;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Boot;

/// <summary>The ways into the hypervisor, as the stubs call them. Each that comes from a guest says what the CPU does next.</summary>
/// <remarks>
/// A guest that has nothing to wait for goes on after two questions: whether this CPU has anything to look at (<see cref="Attention"/>), and
/// whether events wait for the vCPU. Everything else is on <see cref="Leave"/>, the long way out.
/// </remarks>
public static class Entry
{
    private const uint FirstInterrupt = 0x20;
    private const uint PageFaultVector = 14;
    private const uint Syscall = 0x100;
    private const uint BadReturn = 0x200;

    /// <summary>The syscall instruction: of a guest's kernel for us, or of user code for its kernel. No call changes a register that calls preserve.</summary>
    public static NextStep Call(ref CpuUserRegisters registers)
    {
        Quiescence.Enter();
        ref Vcpu vcpu = ref Dispatcher.Current;
        HypercallEntry.Enter(ref vcpu, ref registers);
        return GoOn(ref vcpu, ref registers, NextStep.ResumeAsCame);
    }

    /// <summary>A page fault of the guest: mostly its kernel's business.</summary>
    public static NextStep PageFault(ref CpuUserRegisters registers, GuestLinear address)
    {
        Quiescence.Enter();
        ref Vcpu vcpu = ref Dispatcher.Current;
        if (GuestExceptions.TryDeliverPageFault(ref vcpu, ref registers, address))
        {
            return GoOn(ref vcpu, ref registers, NextStep.ResumeAsCame);
        }

        GuestExceptions.Deliver(ref vcpu, ref registers);
        return GoOn(ref vcpu, ref registers, NextStep.ResumeGuest);
    }

    /// <summary>Another fault of the guest, or of the return to it: that is the guest's too, and strikes where the return would have led.</summary>
    public static NextStep Fault(ref CpuUserRegisters registers)
    {
        Quiescence.Enter();
        ref Vcpu vcpu = ref Dispatcher.Current;
        if (GuestExceptions.TryDeliverPlain(ref vcpu, ref registers))
        {
            return GoOn(ref vcpu, ref registers, NextStep.ResumeAsCame);
        }

        GuestExceptions.Deliver(ref vcpu, ref registers);
        return GoOn(ref vcpu, ref registers, NextStep.ResumeGuest);
    }

    /// <summary>An interrupt of the host's came while a guest ran.</summary>
    public static NextStep Interrupt(ref CpuUserRegisters registers)
    {
        Quiescence.Enter();
        HostInterrupts.Serve(registers.EntryVector);
        return Leave();
    }

    /// <summary>Whichever of them the vector says that the stub left, for callers that are no stubs: all registers are in the frame.</summary>
    public static NextStep FromGuest(ref CpuUserRegisters registers)
    {
        uint vector = registers.EntryVector;
        NextStep step = vector == Syscall ? Call(ref registers)
            : vector == PageFaultVector ? PageFault(ref registers, GuestCpu.FaultAddress)
            : vector < FirstInterrupt || (vector & BadReturn) != 0 ? Fault(ref registers)
            : Interrupt(ref registers);
        return step == NextStep.ResumeAsCame ? NextStep.ResumeGuest : step;
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
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static NextStep Leave()
    {
        while (true)
        {
            Attention.Lower();
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

                Processor.Relax();
                Quiescence.Enter();     // nothing is held here: what is retired need not wait for this CPU
                continue;
            }

            ref Vcpu vcpu = ref Dispatcher.Current;
            GuestExceptions.DeliverWaiting(ref vcpu, ref GuestCpu.Registers);
            if (!Dispatcher.MustDecide)
            {
                Quiescence.Leave();
                return NextStep.ResumeGuest;
            }
        }
    }

    // The short way out, for a vCPU that was not stopped.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static NextStep GoOn(ref Vcpu vcpu, ref CpuUserRegisters registers, NextStep step)
    {
        ref VcpuInfo info = ref VcpuInfos.KeptOf(ref vcpu);
        if (Attention.IsRaised || Refs.IsNull(ref info))
        {
            return Leave();
        }

        if (EventBits.WantsUpcall(ref info))
        {
            return GoOnWithUpcall(ref vcpu, ref registers, step);
        }

        Quiescence.Leave();
        return step;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static NextStep GoOnWithUpcall(ref Vcpu vcpu, ref CpuUserRegisters registers, NextStep step)
    {
        GuestExceptions.DeliverUpcall(ref vcpu, ref registers);
        if (Attention.IsRaised)
        {
            return Leave();
        }

        Quiescence.Leave();
        return step;
    }
}
