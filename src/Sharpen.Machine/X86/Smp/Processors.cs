using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.State;
using Sharpen.Machine.Time;

namespace Sharpen.Machine.Smp;

/// <summary>Brings CPUs up, one at a time, and gives each its area.</summary>
public static unsafe class Processors
{
    private const ulong ControlMachineCheck = 1 << 6;
    private const ulong ControlGlobalPages = 1 << 7;
    private const ulong ControlUmip = 1 << 11;
    private const ulong ControlBases = 1 << 16;
    private const ulong ControlSmep = 1 << 20;
    private const ulong ControlSmap = 1 << 21;

    private static Duration Patience => Duration.FromMilliseconds(500);

    private struct State
    {
        internal int Arrived;
        internal Mfn Trampoline;
        internal int End;
        internal CpuMask Online;
        internal bool GuardsReturns;
    }

    private static ref State Shared => ref Root.Of<State>();

    /// <summary>The CPUs that run.</summary>
    public static ref readonly CpuMask Online => ref Shared.Online;

    /// <summary>One more than the highest number of a CPU that runs, or ran.</summary>
    internal static int End => Shared.End;

    /// <summary>Builds the interrupt descriptors and catches faults from here on, still on the boot stack.</summary>
    public static void CatchFaults()
    {
        CpuFeatures.Detect();
        DescriptorTables.BuildInterrupts();
        DescriptorTables.LoadInterrupts();
        CpuBlock.Current->Root = Instructions.ReadCr3();
    }

    /// <summary>Makes the boot CPU number 0 with an area of its own, ready for <see cref="EnterOwnArea"/>.</summary>
    public static Result PrepareBootCpu() => CpuAreas.Prepare(new CpuId(0), LocalApic.Id);

    /// <summary>Leaves the boot stack for the boot CPU's own and goes on in the image's function for that. Never returns.</summary>
    public static void EnterOwnArea() =>
        Instructions.RunOnStack(CpuArea.StackBlock(new CpuId(0)) + CpuBlock.MainStackTop, Functions.BootCpu);

    /// <summary>Decides, before the boot CPU has its own stack, what every CPU does on the way in from a guest. True: it overwrites.</summary>
    public static bool GuardReturns(ReturnGuard guard)
    {
        Shared.GuardsReturns = guard == ReturnGuard.On || (guard == ReturnGuard.WhereNeeded && !CpuFeatures.Host.Smep);
        return Shared.GuardsReturns;
    }

    /// <summary>First thing on a CPU's own stack: descriptors, features, interrupt controller.</summary>
    public static void InitialiseThisCpu()
    {
        DescriptorTables.Load(Processor.Id);
        CpuBlock.Current->Root = Instructions.ReadCr3();
        EnableProtections();
        MemoryTypes.Program();
        VectorState.Enable();
        LocalApic.Enable();
        CpuBlock.Current->ApicId = LocalApic.Id;
        Shared.Online.Add(Processor.Id);
        Shared.End = Math.Max(Shared.End, Processor.Id.Value + 1);
        Volatile.Write(ref Shared.Arrived, Processor.Id.Value);
    }

    /// <summary>After this NMI, #MC, #DF and #DB have stacks of their own on every CPU. Call once, on the boot CPU's own stack.</summary>
    public static void UseOwnStacks() => DescriptorTables.UseOwnStacks();

    /// <summary>Sets the page below 1 MiB where other CPUs wake.</summary>
    public static void PlaceTrampoline(Mfn page)
    {
        ulong bytes = (ulong)(Symbols.TrampolineEnd - Symbols.TrampolineStart);
        byte* to = DirectMap.Pointer(page.Start);
        for (ulong i = 0; i < bytes; i++)
        {
            to[i] = Symbols.TrampolineStart[i];
        }

        Shared.Trampoline = page;
    }

    /// <summary>Starts a CPU. No page to wake on, or no more CPUs: <see cref="Errno.NoDev"/>; no memory for its area:
    /// <see cref="Errno.NoMem"/>; it never answers: <see cref="Errno.TimedOut"/>.</summary>
    /// <remarks>Safety: a CPU needs the ticket before it leaves real memory for ours, and the ticket is there once. Taken back, it
    /// cannot be used: a CPU that answers late halts in the trampoline, alone, and touches neither stack nor state of the next.</remarks>
    public static Result Start(CpuId cpu, uint apicId)
    {
        ref State shared = ref Shared;
        if (shared.Trampoline.Value == 0)
        {
            return Errno.NoDev;
        }

        if (!CpuAreas.Prepare(cpu, apicId).Try(out Errno error))
        {
            return error;
        }

        TrampolineData* data = TrampolineOf(ref shared);
        data->Root = HostTables.Root.Value;
        data->Efer = Msr.Read(Msr.Efer) & ~0x400UL;
        data->Stack = CpuArea.StackBlock(cpu) + CpuBlock.MainStackTop;
        data->Runner = Functions.Runner;
        data->Function = Functions.OtherCpu;
        Volatile.Write(ref shared.Arrived, -1);
        Volatile.Write(ref data->Ticket, 1);

        LocalApic.SendInit(apicId);
        Wait(Duration.FromMicroseconds(10));
        LocalApic.SendStart(apicId, shared.Trampoline);
        if (!Arrives(cpu, Duration.FromMilliseconds(1)))
        {
            LocalApic.SendStart(apicId, shared.Trampoline);
        }

        bool isUp = Arrives(cpu, Patience);
        bool isOnItsWay = !isUp && Interlocked.Exchange(ref data->Ticket, 0) == 0;
        if (isUp || (isOnItsWay && Arrives(cpu, Patience)))
        {
            return Result.Success;
        }

        LocalApic.SendInit(apicId);         // it halts in the trampoline, or broke on the way: back to waiting before the next starts
        Wait(Duration.FromMilliseconds(10));
        shared.Online.Remove(cpu);
        return Errno.TimedOut;
    }

    /// <summary>Ends the start of CPUs, and with it the low addresses on which the boot stub and starting CPUs stand.</summary>
    /// <remarks>Safety: a CPU that wakes from here on finds no ticket and no code, and halts before it needs a page table.</remarks>
    public static void EndStarting()
    {
        const uint HaltForEver = 0xfdeb_f4fa;       // cli; hlt; jmp to the hlt
        ref State shared = ref Shared;
        if (shared.Trampoline.Value != 0)
        {
            TrampolineOf(ref shared)->Ticket = 0;
            Volatile.Write(ref *(uint*)DirectMap.Pointer(shared.Trampoline.Start), HaltForEver);
            shared.Trampoline = default;
        }

        HostTables.DropIdentity();
        TlbShootdown.Everywhere();
    }

    private static TrampolineData* TrampolineOf(ref State shared)
    {
        byte* end = DirectMap.Pointer(shared.Trampoline.Start) + (Symbols.TrampolineEnd - Symbols.TrampolineStart);
        return (TrampolineData*)end - 1;
    }

    private static bool Arrives(CpuId cpu, Duration patience)
    {
        Instant deadline = Clock.Now + patience;
        while (Volatile.Read(ref Shared.Arrived) != cpu.Value)
        {
            if (Clock.Now > deadline)
            {
                return false;
            }

            Processor.Relax();
        }

        return true;
    }

    private static void Wait(Duration length)
    {
        Instant deadline = Clock.Now + length;
        while (Clock.Now < deadline)
        {
            Processor.Relax();
        }
    }

    private static void EnableProtections()
    {
        ulong control = Instructions.ReadCr4() | ControlGlobalPages;
        control |= CpuFeatures.Host.MachineCheck ? ControlMachineCheck : 0;
        control |= CpuFeatures.Host.Umip ? ControlUmip : 0;
        control |= CpuFeatures.Host.FsGsBase ? ControlBases : 0;
        if (CpuFeatures.Host.Smep)
        {
            control |= ControlSmep;
        }

        if (CpuFeatures.Host.Smap)
        {
            control |= ControlSmap;
            CpuBlock.Current->Smap = 1;
            Instructions.CloseGuestMemory();
        }

        CpuBlock.Current->Returns = Shared.GuardsReturns ? (byte)1 : (byte)0;
        Instructions.WriteCr4(control);
    }

    private static class Functions
    {
        internal static void* BootCpu => (void*)(delegate*<void>)&image_boot_cpu;

        internal static void* OtherCpu => (void*)(delegate*<void>)&image_other_cpu;

        internal static void* Runner => (void*)(delegate*<void>)&run_on_stack;

        [RuntimeImport("image_boot_cpu")]
        [MethodImpl(MethodImplOptions.InternalCall)]
        private static extern void image_boot_cpu();

        [RuntimeImport("image_other_cpu")]
        [MethodImpl(MethodImplOptions.InternalCall)]
        private static extern void image_other_cpu();

        [RuntimeImport("run_on_stack")]
        [MethodImpl(MethodImplOptions.InternalCall)]
        private static extern void run_on_stack();
    }
}
