using System;
using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Guest;

/// <summary>The guest half of the simulated CPU that this thread plays.</summary>
public static unsafe class GuestCpu
{
    /// <summary>The live registers of the guest that this CPU is serving.</summary>
    public static ref CpuUserRegisters Registers => ref State.Registers;

    /// <summary>Where the guest's last page fault was, as the simulation says.</summary>
    public static GuestLinear FaultAddress => State.FaultAddress;

    internal static ref GuestCpuState State => ref Unsafe.AsRef<GuestCpuState>(
        SimulatedMachine.Current.StateOf(typeof(GuestCpuState), sizeof(GuestCpuState), SimulatedMachine.CurrentCpu));

    /// <summary>Prepares a context that has never run.</summary>
    /// <param name="context">The new vCPU's context.</param>
    /// <param name="root">The page tables that it runs on; the context takes a reference of its own.</param>
    /// <returns>ENOMEM; EBUSY: too many references to the root.</returns>
    public static Result Initialise(ref VcpuContext context, scoped in FrameRef<L4Table> root)
    {
        if (!FrameAllocator.AllocateOnBehalf(FrameTable.Of(root.Mfn).Owner).Try(out Mfn vectors, out Errno noMemory))
        {
            return noMemory;
        }

        if (!root.Keep().Try(out Errno busy))
        {
            FrameAllocator.Free(NoLocks.Held, vectors, PageOrder.Small);
            return busy;
        }

        context = default;
        context.Hardware.Vectors = vectors;
        context.Hardware.Root = root.Mfn;
        context.Hardware.Xcr0 = 1;
        context.Hardware.Xcr0Ever = 1;
        return Result.Success;
    }

    /// <summary>Gives a context that has never run vector state; the simulated CPU has none.</summary>
    public static void SetVectors(ref VcpuContext context, in Bytes512 image)
    {
        _ = image;
        Bug.Unless(context.Hardware.Vectors.Value != 0);
    }

    /// <summary>Gives a context that has never run page tables for its user code, of which it takes a reference. EBUSY: too many.</summary>
    /// <param name="context">Initialised, and on no CPU.</param>
    /// <param name="root">The tables.</param>
    /// <param name="isUser">True: it begins in user code.</param>
    public static Result InitialiseUser(ref VcpuContext context, scoped in FrameRef<L4Table> root, bool isUser)
    {
        Bug.Unless(!HasUserRoot(in context));
        if (!root.Keep().Try(out Errno busy))
        {
            return busy;
        }

        context.Hardware.UserRoot = root.Mfn;
        context.Hardware.IsUser = isUser;
        return Result.Success;
    }

    /// <summary>Gives back what a context took. False when there was nothing to give back.</summary>
    public static bool Release(ref VcpuContext context)
    {
        if (context.Hardware.Root.Value == 0)
        {
            return false;
        }

        FrameRef<L4Table>.Release(context.Hardware.Root);
        if (context.Hardware.UserRoot.Value != 0)
        {
            FrameRef<L4Table>.Release(context.Hardware.UserRoot);
        }

        GuestSegments.Release(ref context.Hardware.Descriptors);
        FrameAllocator.Free(NoLocks.Held, context.Hardware.Vectors, PageOrder.Small);
        context.Hardware = default;
        return true;
    }

    /// <summary>The vector state of a context that no CPU has; the simulated CPU has none.</summary>
    public static void GetVectors(in VcpuContext context, ref Bytes512 image)
    {
        Bug.Unless(context.Hardware.Vectors.Value != 0);
        image = default;
    }

    /// <summary>The root for its user code; 0 for none.</summary>
    public static Mfn UserRootOf(in VcpuContext context) => context.Hardware.UserRoot;

    /// <summary>The frame of the page-table root that the vCPU runs on.</summary>
    public static Mfn RootOf(in VcpuContext context) => context.Hardware.Root;

    /// <summary>True when the vCPU has page tables for its user code.</summary>
    public static bool HasUserRoot(in VcpuContext context) => context.Hardware.UserRoot.Value != 0;

    /// <summary>The vCPU on this CPU goes between its kernel and its user code: other page tables, and the two bases of gs change places.</summary>
    /// <param name="context">Its context; for user code it must have a user root.</param>
    /// <param name="isUser">Where it goes. Nothing happens when it is there.</param>
    public static void SetMode(ref VcpuContext context, bool isUser)
    {
        if (context.Hardware.IsUser == isUser)
        {
            return;
        }

        Bug.Unless(!isUser || HasUserRoot(in context));
        context.Hardware.IsUser = isUser;
        State.Root = ActiveRoot(in context);
    }

    /// <summary>Puts a root that is held for it in place of the one that the kernel of the vCPU on this CPU runs on; that is the caller's to release.</summary>
    internal static Mfn ExchangeRoot(ref VcpuContext context, Mfn root)
    {
        Mfn old = context.Hardware.Root;
        context.Hardware.Root = root;
        State.Root = ActiveRoot(in context);
        return old;
    }

    /// <summary>The same for its user code, which does not run now; 0 means none.</summary>
    internal static Mfn ExchangeUserRoot(ref VcpuContext context, Mfn root)
    {
        Bug.Unless(!context.Hardware.IsUser);
        Mfn old = context.Hardware.UserRoot;
        context.Hardware.UserRoot = root;
        return old;
    }

    private static Mfn ActiveRoot(in VcpuContext context) => context.Hardware.IsUser ? context.Hardware.UserRoot : context.Hardware.Root;

    /// <summary>Sets a segment base of the guest on this CPU. False: there is no such base.</summary>
    public static bool TrySetBase(SegmentBase which, GuestLinear address)
    {
        if (which > SegmentBase.GsKernel || !address.IsCanonical)
        {
            return false;
        }

        switch (which)
        {
            case SegmentBase.Fs:
                State.FsBase = address;
                break;
            case SegmentBase.GsKernel:
                State.GsBaseKernel = address;
                break;
            default:
                State.GsBaseUser = address;
                break;
        }

        return true;
    }

    /// <summary>A segment base of the guest on this CPU; 0 for one that there is not.</summary>
    public static GuestLinear BaseOf(SegmentBase which) => which switch
    {
        SegmentBase.Fs => State.FsBase,
        SegmentBase.GsKernel => State.GsBaseKernel,
        SegmentBase.GsUser => State.GsBaseUser,
        _ => default,
    };

    /// <summary>True when the vCPU's next vector instruction raises #NM.</summary>
    public static bool IsTaskSwitched(in VcpuContext context) => context.Hardware.IsTaskSwitched;

    /// <summary>Says whether it is to.</summary>
    public static void SetTaskSwitched(ref VcpuContext context, bool isSwitched) => context.Hardware.IsTaskSwitched = isSwitched;

    /// <summary>A debug register of a vCPU, 0 to 7.</summary>
    public static ulong DebugOf(in VcpuContext context, int number) => context.Hardware.Debug.Read(number);

    /// <summary>Changes one of the vCPU on this CPU. EPERM: an address that no guest has, ports, or the trap on access to debug registers.</summary>
    public static Result SetDebug(ref VcpuContext context, int number, ulong value) => PrepareDebug(ref context, number, value);

    /// <summary>The same for a vCPU that no CPU has.</summary>
    public static Result PrepareDebug(ref VcpuContext context, int number, ulong value) => context.Hardware.Debug.Write(number, value);

    /// <summary>After a debug exception: its status register says why.</summary>
    public static void NoteDebug(ref VcpuContext context) => context.Hardware.Debug.Note(State.DebugEvents);

    /// <summary>A single step that was emulated: the same.</summary>
    public static void NoteStep(ref VcpuContext context) => context.Hardware.Debug.Note(VcpuDebug.SingleStep);

    /// <summary>The vCPU's XCR0.</summary>
    public static ulong Xcr0Of(in VcpuContext context) => context.Hardware.Xcr0;

    /// <summary>Changes it: the simulated CPU has x87, SSE and AVX.</summary>
    public static bool TrySetXcr0(ref VcpuContext context, ulong value)
    {
        if (value is not (1 or 3 or 7))
        {
            return false;
        }

        context.Hardware.Xcr0 = value;
        context.Hardware.Xcr0Ever |= value;
        return true;
    }

    /// <summary>Loads the selector that gs will have in user code; the simulated CPU has none.</summary>
    public static void LoadUserGs(ushort selector) => State.UserGs = selector;

    /// <summary>All bits that its XCR0 ever had.</summary>
    public static ulong Xcr0EverOf(in VcpuContext context) => context.Hardware.Xcr0Ever;

    /// <summary>The parts of the extended state that guests may have; 0 where there is no XSAVE.</summary>
    public static ulong ExtendedFeatures => 7;

    /// <summary>Bytes that these parts take, as XSAVE lays them out; 0 where there is no XSAVE.</summary>
    public static int ExtendedBytes(ulong features) => (features & 4) != 0 ? 0x340 : 0x240;

    /// <summary>Copies the beginning of the extended state of a context that no CPU has, as XSAVE wrote it.</summary>
    /// <param name="context">Initialised.</param>
    /// <param name="area">At most a page.</param>
    public static void GetExtended(in VcpuContext context, Span<byte> area) => Area(in context).Slice(0, area.Length).CopyTo(area);

    /// <summary>Replaces all of the extended state of a context that no CPU has, and its XCR0.</summary>
    /// <param name="context">Initialised.</param>
    /// <param name="current">Its XCR0: a set that the CPU takes.</param>
    /// <param name="ever">All bits that it ever had; the state has no others.</param>
    /// <param name="area">As XSAVE writes it, at most a page; what is behind it is as after a reset.</param>
    /// <returns>False, and nothing has changed: not such sets, or a header that the CPU would refuse.</returns>
    public static bool TrySetExtended(ref VcpuContext context, ulong current, ulong ever, ReadOnlySpan<byte> area)
    {
        if (!(current is 1 or 3 or 7) || (current & ~ever) != 0 || (ever & ~ExtendedFeatures) != 0 || !ExtendedHeader.IsSound(area, ever))
        {
            return false;
        }

        Area(in context).Clear();
        area.CopyTo(Area(in context));
        context.Hardware.Xcr0 = current;
        context.Hardware.Xcr0Ever = ever;
        return true;
    }

    /// <summary>Sets what RDTSCP and RDPID will give programs of a vCPU that no CPU has.</summary>
    public static void PrepareTscAux(ref VcpuContext context, uint value) => context.TscAux = value;

    private static Span<byte> Area(in VcpuContext context) => new(DirectMap.PointerTo(context.Hardware.Vectors), PageSize.Bytes);

    /// <summary>Sets what RDTSCP and RDPID give programs of the vCPU on this CPU beside the time.</summary>
    public static void SetTscAux(ref VcpuContext context, uint value) => context.TscAux = value;

    /// <summary>Says whether the time stamp counter is out of reach for the vCPU on this CPU: its code that reads it faults.</summary>
    public static void SetTimeHidden(ref VcpuContext context, bool isHidden) => context.HidesTime = isHidden;

    /// <summary>Puts a vCPU on this CPU, which was idle.</summary>
    public static void Load(ref VcpuContext to)
    {
        ref GuestCpuState state = ref State;
        state.Registers = to.Registers;
        state.Root = ActiveRoot(in to);
        state.Loads++;
    }

    /// <summary>Takes the vCPU off this CPU, which becomes idle.</summary>
    public static void Park(ref VcpuContext from)
    {
        ref GuestCpuState state = ref State;
        from.Registers = state.Registers;
        state.Root = default;
    }

    /// <summary>Replaces one vCPU by another.</summary>
    public static void Switch(ref VcpuContext from, ref VcpuContext to)
    {
        Park(ref from);
        Load(ref to);
    }

    /// <summary>For a simulated guest: a page fault strikes at an address.</summary>
    internal static void SetFault(GuestLinear address) => State.FaultAddress = address;
}
