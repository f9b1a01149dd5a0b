using Sharpen.Machine.Cpu;

namespace Sharpen.Machine.Guest;

/// <summary>The debug registers of this CPU: a guest's while it is here, else disarmed.</summary>
internal static unsafe class DebugRegisters
{
    private const ulong Disarmed = 0x400;

    /// <summary>Arms what a vCPU wants, and nothing else.</summary>
    internal static void Load(ref VcpuDebug debug)
    {
        CpuBlock* block = CpuBlock.Current;
        if (!debug.IsArmed)
        {
            Disarm(block);
            return;
        }

        ulong* addresses = stackalloc ulong[VcpuDebug.Addresses];
        for (int number = 0; number < VcpuDebug.Addresses; number++)
        {
            addresses[number] = debug.Read(number);
        }

        block->DebugArmed = 1;
        Instructions.WriteDr7(Disarmed);
        Instructions.LoadDebug(addresses);
        Instructions.WriteDr7(debug.Read(VcpuDebug.Control));
    }

    /// <summary>Nothing of a guest's strikes any more.</summary>
    internal static void Disarm() => Disarm(CpuBlock.Current);

    /// <summary>What the last debug exception was about; forgotten then.</summary>
    internal static ulong TakeEvents()
    {
        ulong events = Instructions.ReadDr6();
        Instructions.WriteDr6(VcpuDebug.StatusOnes);
        return events;
    }

    private static void Disarm(CpuBlock* block)
    {
        if (block->DebugArmed != 0)
        {
            block->DebugArmed = 0;
            Instructions.WriteDr7(Disarmed);
        }
    }
}
