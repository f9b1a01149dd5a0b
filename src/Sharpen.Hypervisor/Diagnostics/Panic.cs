using System.Threading;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Power;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Results;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Diagnostics;

/// <summary>The end of the host: a fault in the hypervisor that no stub expected, on whichever CPU comes first.</summary>
public static class Panic
{
    private const uint Nmi = 2;

    private static ref CrossDumpState State => ref Root.Of<CrossDumpState>();

    /// <summary>A fault in the hypervisor: prints every CPU, then restarts or halts the host. Never returns.</summary>
    public static void Fault(ref CpuUserRegisters registers)
    {
        ref CrossDumpState state = ref State;
        uint self = (uint)Processor.Id.Value + 1;
        uint first = Interlocked.CompareExchange(ref state.Panicking, self, 0u);
        if (first == self)
        {
            Again(in registers);
        }
        else if (first != 0)
        {
            Processor.Stop();                       // the first CPU's alarm makes this one show where it is
        }

        CrossDump.StopOthers();
        HostConsole.EnterPanic();
        RegisterDump.Print(in registers);
        CrossDump.ShowOthers();
        PrintReason(in registers);
        HostPower.End();
    }

    /// <summary>A bug that only ends the current guest's work: shows this CPU, and the caller goes on.</summary>
    public static void ReportConfined(in CpuUserRegisters registers)
    {
        RegisterDump.Print(in registers);
        Log.Error($"Bug while serving a guest: {FaultText.Describe(in registers)} at {Culprit(in registers)}");
    }

    /// <summary>An exception that has a stack of its own: an alarm by another CPU, or the end of the host.</summary>
    public static void OwnStack(ref CpuUserRegisters registers)
    {
        if (registers.EntryVector == Nmi)
        {
            CrossDump.Alarmed(in registers);
        }
        else
        {
            Fault(ref registers);
        }
    }

    /// <summary>For the debug key: a bug on purpose, so that operators can see what a panic is like. Never returns.</summary>
    public static void Force() => Bug.Stop();

    private static void PrintReason(in CpuUserRegisters registers)
    {
        Log.Report($"****************************************");
        Log.Report($"Panic on {Processor.Id}: {FaultText.Describe(in registers)} at {Culprit(in registers)}");
        Log.Report($"****************************************");
    }

    private static CodeText Culprit(in CpuUserRegisters registers)
    {
        ulong call = FaultText.IsCheck(in registers) ? StackDump.FindCulprit(registers.Rsp) : 0;
        return call != 0 ? CodeText.Return(call) : CodeText.Instruction(registers.Rip);
    }

    /// <summary>A fault while a panic is being printed: one line, then the end.</summary>
    private static void Again(in CpuUserRegisters registers)
    {
        Log.Report($"Panic within a panic: vector {registers.EntryVector} at {registers.Rip:p}");
        HostPower.Halt();
    }
}
