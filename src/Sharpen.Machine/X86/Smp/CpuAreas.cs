using Sharpen.Abi;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Smp;

/// <summary>Maps a CPU's own pages: descriptors, stacks with guard pages between them, per-CPU data.</summary>
internal static unsafe class CpuAreas
{
    private struct AreaState
    {
        internal Mfn Zeros;
    }

    private const ulong GdtHostPage = 14 * PageSize.Bytes;

    /// <summary>After this the CPU can be started. <see cref="Errno.NoMem"/> when memory is short.</summary>
    internal static Result Prepare(CpuId cpu, uint apicId)
    {
        ulong stacks = CpuArea.StackBlock(cpu);
        if (!MapStacks(stacks).Try(out Errno error) || !MapData(cpu).Try(out error))
        {
            return error;
        }

        if (!MapGdt(cpu, out ulong entries, out ulong empty).Try(out error) ||
            !MapFresh(stacks + CpuBlock.Offset, PageAccess.Write).Try(out error) ||
            !MapSyscallPage(stacks).Try(out error))
        {
            return error;
        }

        CpuBlock* block = (CpuBlock*)(stacks + CpuBlock.Offset);
        block->Id = cpu.Value;
        block->ApicId = apicId;
        block->AreaEntries = entries;
        block->EmptyEntry = empty;
        DescriptorTables.Build((ulong*)(CpuArea.Start(cpu) + GdtHostPage), block, cpu);
        return Result.Success;
    }

    private static Result MapStacks(ulong stacks)
    {
        for (ulong top = CpuBlock.NmiStackTop; top <= CpuBlock.DebugStackTop; top += 2 * PageSize.Bytes)
        {
            if (!MapFresh(stacks + top - PageSize.Bytes, PageAccess.Write).Try(out Errno error))
            {
                return error;
            }
        }

        for (ulong page = CpuBlock.MainStackBottom; page < CpuBlock.MainStackTop; page += PageSize.Bytes)
        {
            if (!MapFresh(stacks + page, PageAccess.Write).Try(out Errno error))
            {
                return error;
            }
        }

        return Result.Success;
    }

    /// <summary>The descriptors: pages that read as zeros where guests will put theirs, and one of our own.</summary>
    private static Result MapGdt(CpuId cpu, out ulong entries, out ulong empty)
    {
        entries = 0;
        empty = 0;
        ref AreaState state = ref Root.Of<AreaState>();
        if (state.Zeros.Value == 0)
        {
            if (!FrameAllocator.AllocateForHost(PageOrder.Small).Try(out Mfn frame, out Errno noFrame))
            {
                return noFrame;
            }

            Instructions.ClearPage(DirectMap.Pointer(frame.Start));
            state.Zeros = frame;
        }

        ulong start = CpuArea.Start(cpu) + CpuArea.GdtWindow;
        for (ulong page = 0; page < GdtHostPage; page += PageSize.Bytes)
        {
            if (!HostTables.Map(new HostLinear(start + page), new FrameRange(state.Zeros, 1), PageAccess.Read).Try(out Errno error))
            {
                return error;
            }
        }

        int level = 0;
        entries = (ulong)PageTables<HostFormat>.Find(HostTables.RootFrame, new HostLinear(start), ref level);
        Bug.Unless(level == 1);
        empty = *(ulong*)entries;
        return MapFresh(start + GdtHostPage, PageAccess.Write);
    }

    private static Result MapData(CpuId cpu)
    {
        for (ulong page = 0; page < (ulong)(uint)PerCpu.Used; page += PageSize.Bytes)
        {
            if (!MapFresh(CpuArea.Start(cpu) + CpuArea.Data + page, PageAccess.Write).Try(out Errno error))
            {
                return error;
            }
        }

        return Result.Success;
    }

    /// <summary>One page of the image, the same for all CPUs: its rip-relative addresses make it each CPU's own.</summary>
    private static Result MapSyscallPage(ulong stacks)
    {
        Mfn frame = HostTables.FrameOf(new HostLinear((ulong)Symbols.SyscallPage));
        return HostTables.Map(new HostLinear(stacks + CpuBlock.SyscallPage), new FrameRange(frame, 1), PageAccess.Execute);
    }

    private static Result MapFresh(ulong at, PageAccess access)
    {
        if (!FrameAllocator.AllocateForHost(PageOrder.Small).Try(out Mfn frame, out Errno error))
        {
            return error;
        }

        Instructions.ClearPage(DirectMap.Pointer(frame.Start));
        return HostTables.Map(new HostLinear(at), new FrameRange(frame, 1), access);
    }
}
