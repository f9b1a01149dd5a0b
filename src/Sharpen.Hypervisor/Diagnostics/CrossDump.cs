using System.Threading;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Smp;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Diagnostics;

/// <summary>
/// Every CPU shows what it is doing, one after the other, by a non-maskable interrupt: at a debug key, after which all go on, or in a panic,
/// in which all are stopped first and none goes on. A CPU that does not answer is named, and the others are asked.
/// </summary>
public static class CrossDump
{
    private const int PatienceToBegin = 20_000_000;
    private const int PatienceToFinish = 400_000_000;

    private static ref CrossDumpState State => ref Root.Of<CrossDumpState>();

    private static uint Self => (uint)Processor.Id.Value + 1;

    /// <summary>For a debug key: the executing CPU's registers, then every other CPU's.</summary>
    public static void ShowAll()
    {
        using Locked<ConsoleRank> held = HostConsole.Hold();
        for (int i = 0; Processors.Online.TryNext(i, out CpuId cpu); i = cpu.Value + 1)
        {
            HostConsole.LendTo(cpu, in held);
            Volatile.Write(ref State.Asked, (uint)cpu.Value + 1);
            Ipi.Alarm(cpu);
            bool hasAnswered = Wait((uint)cpu.Value + 1);
            HostConsole.LendTo(Processor.Id, in held);
            if (!hasAnswered)
            {
                Log.Report($"{cpu} does not answer");
            }
        }

        Volatile.Write(ref State.Asked, 0u);
        HostConsole.TakeBack(in held);
    }

    /// <summary>In a panic: stops every other CPU, then lets each show itself.</summary>
    internal static void StopOthers()
    {
        for (int i = 0; Processors.Online.TryNext(i, out CpuId cpu); i = cpu.Value + 1)
        {
            if (cpu != Processor.Id)
            {
                Ipi.Alarm(cpu);
            }
        }
    }

    /// <summary>In a panic, after <see cref="StopOthers"/>: each of the others in turn.</summary>
    internal static void ShowOthers()
    {
        for (int i = 0; Processors.Online.TryNext(i, out CpuId cpu); i = cpu.Value + 1)
        {
            if (cpu == Processor.Id)
            {
                continue;
            }

            Volatile.Write(ref State.Asked, (uint)cpu.Value + 1);
            if (!Wait((uint)cpu.Value + 1))
            {
                Log.Report($"{cpu} does not answer");
            }
        }
    }

    /// <summary>A non-maskable interrupt has come: shows this CPU if that was asked for; in a panic, does not return.</summary>
    internal static void Alarmed(in CpuUserRegisters registers)
    {
        ref CrossDumpState state = ref State;
        uint panicking = Volatile.Read(in state.Panicking);
        if (panicking == Self || (panicking == 0 && Volatile.Read(in state.Asked) != Self))
        {
            state.UnknownNmis = unchecked(state.UnknownNmis + 1);
            return;
        }

        while (Volatile.Read(in state.Asked) != Self)
        {
            Processor.Relax();
        }

        Volatile.Write(ref state.Begun, Self);
        RegisterDump.Print(in registers);
        Volatile.Write(ref state.Answered, Self);
        if (panicking != 0)
        {
            Processor.Stop();
        }
    }

    private static bool Wait(uint cpu)
    {
        ref CrossDumpState state = ref State;
        int turns = 0;
        while (Volatile.Read(in state.Answered) != cpu)
        {
            int patience = Volatile.Read(in state.Begun) == cpu ? PatienceToFinish : PatienceToBegin;
            if (++turns > patience)
            {
                return false;
            }

            Processor.Relax();
        }

        Volatile.Write(ref state.Answered, 0u);
        Volatile.Write(ref state.Begun, 0u);
        return true;
    }
}
