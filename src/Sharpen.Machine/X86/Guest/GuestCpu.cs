using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Machine.Cpu;
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
        get => ref *(CpuUserRegisters*)(CpuBlock.Start + CpuBlock.GuestFrame);
    }

    /// <summary>Where the guest's last page fault was. Valid in the entry that reports the fault.</summary>
    public static GuestLinear FaultAddress => new(Instructions.ReadCr2());

    /// <summary>Prepares a context that has never run: empty vector state in the given frame.</summary>
    /// <param name="context">The new vCPU's context.</param>
    /// <param name="vectors">A frame of its own, charged to the guest.</param>
    public static void Initialise(ref VcpuContext context, Mfn vectors)
    {
        context = default;
        context.Hardware.Vectors = vectors;
        VectorState.Reset(vectors);
    }

    /// <summary>The page-table root that the vCPU runs on. The context keeps references on it; those on the root before are given up.</summary>
    /// <returns>EBUSY: too many references.</returns>
    public static Result SetRoot(ref VcpuContext context, scoped in FrameRef<L4Table> root)
    {
        if (!root.Keep().Try(out Errno error))
        {
            return error;
        }

        ReleaseRoot(ref context);
        context.Hardware.Root = root.Mfn;
        return Result.Success;
    }

    /// <summary>Gives up the root of a vCPU that runs nowhere: before its domain's tables can be emptied.</summary>
    public static void ReleaseRoot(ref VcpuContext context)
    {
        Mfn root = context.Hardware.Root;
        context.Hardware.Root = default;
        if (root.Value != 0)
        {
            FrameRef<L4Table>.Release(root);
        }
    }

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

    /// <summary>Puts a vCPU on this CPU, which was idle.</summary>
    public static void Load(ref VcpuContext to)
    {
        Registers = to.Registers;
        VectorState.Restore(to.Hardware.Vectors);
        Msr.TryWrite(Msr.FsBase, to.FsBase.Value);
        Msr.TryWrite(Msr.GsBase, to.GsBaseKernel.Value);
        Msr.TryWrite(Msr.KernelGsBase, to.GsBaseUser.Value);
        LoadRoot(to.Hardware.Root.Start.Value);
        CpuBlock.Current->InGuestContext = 1;
    }

    /// <summary>Takes the vCPU off this CPU, which becomes idle on the hypervisor's own page tables.</summary>
    public static void Park(ref VcpuContext from)
    {
        Save(ref from);
        CpuBlock.Current->InGuestContext = 0;
        LoadRoot(HostTables.Root.Value);
    }

    /// <summary>Replaces one vCPU by another.</summary>
    public static void Switch(ref VcpuContext from, ref VcpuContext to)
    {
        Save(ref from);
        Load(ref to);
    }

    private static void Save(ref VcpuContext from)
    {
        from.Registers = Registers;
        VectorState.Save(from.Hardware.Vectors);
        from.FsBase = new(Msr.Read(Msr.FsBase));
        from.GsBaseKernel = new(Msr.Read(Msr.GsBase));
        from.GsBaseUser = new(Msr.Read(Msr.KernelGsBase));
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
