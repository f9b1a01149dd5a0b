using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Guest;

/// <summary>The guest side of this CPU: its live registers, and the change from one vCPU to another.</summary>
/// <remarks>
/// The stubs put the registers of the guest that was interrupted at the top of this CPU's stack and resume whatever stands
/// there on the way out, so a switch of vCPU is a change of those words, of CR3, of the segment bases and of the vector state.
/// </remarks>
public static unsafe class GuestCpu
{
    /// <summary>The registers of the guest on this CPU. Meaningless while idle.</summary>
    public static ref CpuUserRegisters Registers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref *(CpuUserRegisters*)unchecked(CpuBlock.Start + CpuBlock.GuestFrame);
    }

    /// <summary>Where the guest's last page fault was. Valid in the entry that reports the fault.</summary>
    public static GuestLinear FaultAddress => new(Instructions.ReadCr2());

    /// <summary>Prepares a context that has never run: empty vector state, in a frame that the hypervisor takes for it.</summary>
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
        context.Hardware.Owner = FrameTable.Of(root.Mfn).Owner;
        context.Hardware.Xcr0 = VectorState.FirstFeatures;
        context.Hardware.Xcr0Ever = VectorState.FirstFeatures;
        VectorState.Reset(vectors);
        return Result.Success;
    }

    /// <summary>Gives a context that has never run x87 and SSE state that its guest chose.</summary>
    /// <param name="context">Initialised, and on no CPU.</param>
    /// <param name="image">As FXSAVE writes it.</param>
    public static void SetVectors(ref VcpuContext context, in Bytes512 image) => VectorState.Import(context.Hardware.Vectors, in image);

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

    /// <summary>Gives back what a context took. No CPU has it, and none will. False when there was nothing to give back.</summary>
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

    /// <summary>The x87 and SSE state of a context that no CPU has, as FXSAVE writes it.</summary>
    public static void GetVectors(in VcpuContext context, ref Bytes512 image) => VectorState.Export(context.Hardware.Vectors, ref image);

    /// <summary>The root for its user code; 0 for none.</summary>
    public static Mfn UserRootOf(in VcpuContext context) => context.Hardware.UserRoot;

    /// <summary>The frame of the page-table root that the vCPU runs on.</summary>
    public static Mfn RootOf(in VcpuContext context) => context.Hardware.Root;

    /// <summary>True when the vCPU has page tables for its user code.</summary>
    public static bool HasUserRoot(in VcpuContext context) => context.Hardware.UserRoot.Value != 0;

    /// <summary>The vCPU on this CPU goes between its kernel and its user code: other page tables, and the two bases of gs change places.</summary>
    /// <param name="context">Its context; for user code it must have a user root.</param>
    /// <param name="isUser">Where it goes. Nothing happens when it is there.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetMode(ref VcpuContext context, bool isUser)
    {
        if (context.Hardware.IsUser != isUser)
        {
            ChangeMode(ref context, isUser);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ChangeMode(ref VcpuContext context, bool isUser)
    {
        Bug.Unless(!isUser || HasUserRoot(in context));
        context.Hardware.IsUser = isUser;
        Instructions.SwapGs();
        LoadRoot(ActiveRoot(in context).Start.Value);
    }

    /// <summary>Puts a root that is held for it in place of the one that the kernel of the vCPU on this CPU runs on; that is the caller's to release.</summary>
    internal static Mfn ExchangeRoot(ref VcpuContext context, Mfn root)
    {
        Mfn old = context.Hardware.Root;
        context.Hardware.Root = root;
        LoadRoot(ActiveRoot(in context).Start.Value);
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
    /// <param name="which">The kernel's gs is the live one while its kernel runs, the user's waits beside it.</param>
    /// <param name="address">Must be canonical.</param>
    public static bool TrySetBase(SegmentBase which, GuestLinear address) => which switch
    {
        SegmentBase.Fs => Msr.TryWrite(Msr.FsBase, address.Value),
        SegmentBase.GsKernel => Msr.TryWrite(Msr.GsBase, address.Value),
        SegmentBase.GsUser => Msr.TryWrite(Msr.KernelGsBase, address.Value),
        _ => false,
    };

    /// <summary>A segment base of the guest on this CPU, as <see cref="TrySetBase"/> names them; 0 for one that there is not.</summary>
    public static GuestLinear BaseOf(SegmentBase which) => which switch
    {
        SegmentBase.Fs => new(Msr.Read(Msr.FsBase)),
        SegmentBase.GsKernel => new(Msr.Read(Msr.GsBase)),
        SegmentBase.GsUser => new(Msr.Read(Msr.KernelGsBase)),
        _ => default,
    };

    /// <summary>Loads the selector that gs will have in user code, and its base with it; null when the CPU refuses it. Its kernel runs.</summary>
    public static void LoadUserGs(ushort selector) => Instructions.LoadWaitingGs(selector);

    /// <summary>True when the vCPU's next vector instruction raises #NM.</summary>
    public static bool IsTaskSwitched(in VcpuContext context) => context.Hardware.IsTaskSwitched;

    /// <summary>Says whether the next vector instruction of the vCPU on this CPU is to raise #NM.</summary>
    public static void SetTaskSwitched(ref VcpuContext context, bool isSwitched)
    {
        context.Hardware.IsTaskSwitched = isSwitched;
        CpuBlock.Current->TaskSwitched = isSwitched ? (byte)1 : (byte)0;
    }

    /// <summary>A debug register of a vCPU, 0 to 7.</summary>
    public static ulong DebugOf(in VcpuContext context, int number) => context.Hardware.Debug.Read(number);

    /// <summary>Changes one of the vCPU on this CPU. EPERM: an address that no guest has, ports, or the trap on access to debug registers.</summary>
    public static Result SetDebug(ref VcpuContext context, int number, ulong value)
    {
        Result written = PrepareDebug(ref context, number, value);
        DebugRegisters.Load(ref context.Hardware.Debug);
        return written;
    }

    /// <summary>The same for a vCPU that no CPU has.</summary>
    public static Result PrepareDebug(ref VcpuContext context, int number, ulong value) => context.Hardware.Debug.Write(number, value);

    /// <summary>After a debug exception of the guest on this CPU: its status register says why.</summary>
    public static void NoteDebug(ref VcpuContext context) => context.Hardware.Debug.Note(DebugRegisters.TakeEvents());

    /// <summary>A single step that was emulated: the same.</summary>
    public static void NoteStep(ref VcpuContext context) => context.Hardware.Debug.Note(VcpuDebug.SingleStep);

    /// <summary>The vCPU's XCR0; 0 where there is none.</summary>
    public static ulong Xcr0Of(in VcpuContext context) => context.Hardware.Xcr0;

    /// <summary>Changes that of the vCPU on this CPU. False: no XSAVE here, or a set of features that no guest may have.</summary>
    public static bool TrySetXcr0(ref VcpuContext context, ulong value)
    {
        if (!VectorState.MayHave(value))
        {
            return false;
        }

        context.Hardware.Xcr0 = value;
        context.Hardware.Xcr0Ever |= value;
        VectorState.LoadFeatures(value);
        return true;
    }

    /// <summary>All bits that its XCR0 ever had.</summary>
    public static ulong Xcr0EverOf(in VcpuContext context) => context.Hardware.Xcr0Ever;

    /// <summary>The parts of the extended state that guests may have; 0 where there is no XSAVE.</summary>
    public static ulong ExtendedFeatures => VectorState.Features;

    /// <summary>Bytes that these parts take, as XSAVE lays them out; 0 where there is no XSAVE.</summary>
    public static int ExtendedBytes(ulong features) => VectorState.BytesOf(features);

    /// <summary>Copies the beginning of the extended state of a context that no CPU has, as XSAVE wrote it.</summary>
    /// <param name="context">Initialised.</param>
    /// <param name="area">At most a page.</param>
    public static void GetExtended(in VcpuContext context, Span<byte> area) => VectorState.ExportArea(context.Hardware.Vectors, area);

    /// <summary>Replaces all of the extended state of a context that no CPU has, and its XCR0.</summary>
    /// <param name="context">Initialised.</param>
    /// <param name="current">Its XCR0: a set that the CPU takes.</param>
    /// <param name="ever">All bits that it ever had; the state has no others.</param>
    /// <param name="area">As XSAVE writes it, at most a page; what is behind it is as after a reset.</param>
    /// <returns>False, and nothing has changed: not such sets, or a header that the CPU would refuse.</returns>
    public static bool TrySetExtended(ref VcpuContext context, ulong current, ulong ever, ReadOnlySpan<byte> area)
    {
        if (!VectorState.MayHave(current) || (current & ~ever) != 0 || (ever & ~ExtendedFeatures) != 0 || !ExtendedHeader.IsSound(area, ever))
        {
            return false;
        }

        VectorState.ImportArea(context.Hardware.Vectors, area);
        context.Hardware.Xcr0 = current;
        context.Hardware.Xcr0Ever = ever;
        return true;
    }

    /// <summary>Sets what RDTSCP and RDPID will give programs of a vCPU that no CPU has.</summary>
    public static void PrepareTscAux(ref VcpuContext context, uint value) => context.TscAux = value;

    /// <summary>Sets what RDTSCP and RDPID give programs of the vCPU on this CPU beside the time.</summary>
    public static void SetTscAux(ref VcpuContext context, uint value)
    {
        context.TscAux = value;
        LoadTscAux(in context);
    }

    /// <summary>Says whether the time stamp counter is out of reach for the vCPU on this CPU: its code that reads it faults.</summary>
    public static void SetTimeHidden(ref VcpuContext context, bool isHidden)
    {
        context.HidesTime = isHidden;
        LoadTimeHidden(isHidden);
    }

    // Every way into CR4 is expensive, and hardly any guest asks for this.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadTimeHidden(bool isHidden)
    {
        CpuBlock* block = CpuBlock.Current;
        if ((block->TimeHidden != 0) != isHidden)
        {
            ChangeTimeHidden(block, isHidden);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ChangeTimeHidden(CpuBlock* block, bool isHidden)
    {
        const ulong TimeStampDisable = 1 << 2;
        ulong control = Instructions.ReadCr4();
        Instructions.WriteCr4(isHidden ? control | TimeStampDisable : control & ~TimeStampDisable);
        block->TimeHidden = isHidden ? (byte)1 : (byte)0;
    }

    private static void LoadTscAux(in VcpuContext context)
    {
        if (CpuFeatures.Host.TscAux)
        {
            Msr.TryWrite(Msr.TscAux, context.TscAux);
        }
    }

    /// <summary>Puts a vCPU on this CPU, which was idle.</summary>
    public static void Load(ref VcpuContext to)
    {
        Registers = to.Registers;
        VectorState.Restore(to.Hardware.Vectors, to.Hardware.Xcr0);
        SetTaskSwitched(ref to, to.Hardware.IsTaskSwitched);
        DebugRegisters.Load(ref to.Hardware.Debug);
        DescriptorWindow.Load(ref to.Hardware.Descriptors);
        to.HasLostSelector |= Instructions.LoadSelectors(to.Registers.Ds, to.Registers.Es, to.Registers.Fs, to.Registers.Gs) == 0;
        Msr.TryWrite(Msr.FsBase, to.FsBase.Value);
        LoadTscAux(in to);
        LoadTimeHidden(to.HidesTime);
        bool isUser = to.Hardware.IsUser;
        Msr.TryWrite(Msr.GsBase, (isUser ? to.GsBaseUser : to.GsBaseKernel).Value);
        Msr.TryWrite(Msr.KernelGsBase, (isUser ? to.GsBaseKernel : to.GsBaseUser).Value);
        LoadTables(in to);
        CpuBlock.Current->InGuestContext = 1;
    }

    /// <summary>Takes the vCPU off this CPU, which becomes idle on the hypervisor's own page tables.</summary>
    public static void Park(ref VcpuContext from)
    {
        Save(ref from);
        DescriptorWindow.Clear();
        DebugRegisters.Disarm();
        CpuBlock.Current->TaskSwitched = 0;
        CpuBlock.Current->InGuestContext = 0;
        LoadRoot(HostTables.Root.Value);
        Volatile.Write(ref CpuBlock.Current->Tables, 0);
    }

    /// <summary>Replaces one vCPU by another.</summary>
    public static void Switch(ref VcpuContext from, ref VcpuContext to)
    {
        Save(ref from);
        Load(ref to);
    }

    private static void Save(ref VcpuContext from)
    {
        SaveSelectors();
        from.Registers = Registers;
        VectorState.Save(from.Hardware.Vectors);
        from.FsBase = new(Msr.Read(Msr.FsBase));
        GuestLinear live = new(Msr.Read(Msr.GsBase));
        GuestLinear waiting = new(Msr.Read(Msr.KernelGsBase));
        from.GsBaseKernel = from.Hardware.IsUser ? waiting : live;
        from.GsBaseUser = from.Hardware.IsUser ? live : waiting;
    }

    /// <summary>The stubs leave these four words of the frame alone: the registers themselves are the guest's all the time.</summary>
    private static void SaveSelectors()
    {
        ulong selectors = Instructions.SaveSelectors();
        ref CpuUserRegisters registers = ref Registers;
        registers.Ds = (ushort)(selectors & 0xffff);
        registers.Es = (ushort)(selectors >> 16 & 0xffff);
        registers.Fs = (ushort)(selectors >> 32 & 0xffff);
        registers.Gs = (ushort)(selectors >> 48);
    }

    /// <summary>Whoever changes the tables of this domain from here on makes this CPU forget, and so does who changes those of the last until
    /// CR3 is loaded.</summary>
    private static void LoadTables(ref readonly VcpuContext to)
    {
        CpuBlock* block = CpuBlock.Current;
        int domain = to.Hardware.Owner.Value + 1;
        Interlocked.Exchange(ref block->NextTables, domain);
        LoadRoot(ActiveRoot(in to).Start.Value);
        Volatile.Write(ref block->Tables, domain);
        Volatile.Write(ref block->NextTables, 0);
    }

    private static void LoadRoot(ulong root)
    {
        CpuBlock* block = CpuBlock.Current;
        if (block->Root != root)
        {
            block->Root = root;
            Instructions.WriteCr3(root);
        }
    }
}
