namespace Sharpen.Machine.Cpu;

/// <summary>The interrupt descriptors (shared by all CPUs) and each CPU's own segment descriptors.</summary>
internal static unsafe class DescriptorTables
{
    /// <summary>The first selector that is ours: guests may fill the fourteen pages before it.</summary>
    internal const uint FirstSelector = 0xe000;

    internal const uint HostCode = 0xe008;
    internal const uint TaskSelector = 0xe040;
    internal const uint LdtSelector = 0xe050;
    private const uint LastByte = 0xe07f;

    /// <summary>Builds the interrupt descriptors; no vector has a stack of its own until <see cref="UseOwnStacks"/>.</summary>
    internal static void BuildInterrupts()
    {
        for (int vector = 0; vector < 256; vector++)
        {
            // int3, into and the hypercall gate of old guests may be raised by ring 3.
            SetGate(vector, 0, vector is 3 or 4 or 0x82 ? 3U : 0U);
        }
    }

    /// <summary>Gives NMI, #MC, #DF and #DB their stacks. After this a CPU needs its task-state segment.</summary>
    internal static void UseOwnStacks()
    {
        SetGate(2, 1, 0);
        SetGate(18, 2, 0);
        SetGate(8, 3, 0);
        SetGate(1, 4, 0);
    }

    internal static void LoadInterrupts() => Instructions.LoadIdt(Symbols.Idt, 4095);

    /// <summary>Fills a CPU's descriptor page and task state. <paramref name="gdtPage"/> is where the page can be written now.</summary>
    /// <param name="gdtPage">The page that will stand at the CPU's GDT window, page 14.</param>
    /// <param name="block">The CPU's block, writable now.</param>
    /// <param name="cpu">The CPU that will load them.</param>
    internal static void Build(ulong* gdtPage, CpuBlock* block, CpuId cpu)
    {
        ulong stacks = CpuArea.StackBlock(cpu);
        block->Task.Rsp0 = stacks + CpuBlock.MainStackTop - 32;
        block->Task.Ist1 = stacks + CpuBlock.NmiStackTop;
        block->Task.Ist2 = stacks + CpuBlock.MachineCheckStackTop;
        block->Task.Ist3 = stacks + CpuBlock.DoubleFaultStackTop;
        block->Task.Ist4 = stacks + CpuBlock.DebugStackTop;
        block->Task.IoBitmap = 104;

        ulong task = stacks + CpuBlock.Offset + 0x80;
        gdtPage[0] = 0;
        gdtPage[1] = 0x00af9b000000ffff;        // host code
        gdtPage[2] = 0x00cf93000000ffff;        // host data
        gdtPage[3] = 0x00cfbb000000ffff;        // FLAT_RING1_CS32
        gdtPage[4] = 0x00cffb000000ffff;        // FLAT_RING3_CS32
        gdtPage[5] = 0x00cff3000000ffff;        // FLAT_RING3_DS32
        gdtPage[6] = 0x00affb000000ffff;        // FLAT_RING3_CS64
        gdtPage[7] = 0x00cfb3000000ffff;        // FLAT_RING1_DS32
        gdtPage[8] = 0x0000890000000067 | ((task & 0xffffff) << 16) | ((task >> 24 & 0xff) << 56);
        gdtPage[9] = task >> 32;
    }

    /// <summary>Loads this CPU's descriptors, task state and system-call entry. Its area must be mapped.</summary>
    internal static void Load(CpuId cpu)
    {
        Instructions.LoadGdt(CpuArea.Start(cpu) + CpuArea.GdtWindow, LastByte);
        Instructions.LoadTask(TaskSelector);
        LoadInterrupts();
        Msr.TryWrite(Msr.Star, ((ulong)HostCode << 32) | (0xe023UL << 48));
        Msr.TryWrite(Msr.LongStar, CpuArea.StackBlock(cpu) + CpuBlock.SyscallPage);
        Msr.TryWrite(Msr.CompatStar, CpuArea.StackBlock(cpu) + CpuBlock.SyscallPage + CpuBlock.ShortSyscall);
        Msr.TryWrite(Msr.SyscallMask, 0x257fd5 & ~2UL);
        Msr.TryWrite(Msr.SysenterCs, 0);
    }

    private static void SetGate(int vector, uint stack, uint ring)
    {
        ulong target = (ulong)(Symbols.VectorStubs + (vector * 16));
        ulong* gate = (ulong*)(Symbols.Idt + (vector * 16));
        gate[0] = (target & 0xffff) | ((ulong)HostCode << 16) | ((ulong)stack << 32) | ((0x8eUL | (ring << 5)) << 40) | ((target >> 16 & 0xffff) << 48);
        gate[1] = target >> 32;
    }
}
