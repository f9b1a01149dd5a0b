using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Tries instructions that may fault.</summary>
internal static unsafe class Attempt
{
    private const byte Return = 0xc3;

    /// <summary>Makes the exceptions of <see cref="Execute"/> answers instead of the end.</summary>
    internal static void Install()
    {
        TrapTable table = default;
        TrapInfo* traps = (TrapInfo*)&table;
        traps[0] = Trap(6, (ulong)(delegate*<void>)&UndefinedSymbol);
        traps[1] = Trap(13, (ulong)(delegate*<void>)&ProtectionSymbol);
        traps[2] = Trap(14, (ulong)(delegate*<void>)&PageFaultSymbol);
        Stubs.Call(Hypercall.SetTrapTable, (ulong)traps, 0, 0, 0);
    }

    /// <summary>Executes an instruction. 0, or the vector of the exception that it ended in.</summary>
    internal static uint Execute(scoped ReadOnlySpan<byte> code, scoped ref Registers registers)
    {
        byte* place = stackalloc byte[32];
        for (int index = 0; index < code.Length && index < 31; index++)
        {
            place[index] = code[index];
            place[index + 1] = Return;
        }

        Registers copy = registers;
        uint vector = Try(place, &copy);
        registers = copy;
        return vector;
    }

    private static TrapInfo Trap(byte vector, ulong address) => new() { Vector = vector, Cs = (ushort)FlatSelector.UserCode64, Address = address };

    [RuntimeImport("guest_try")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern uint Try(byte* code, Registers* registers);

    [RuntimeImport("guest_try_6")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void UndefinedSymbol();

    [RuntimeImport("guest_try_13")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ProtectionSymbol();

    [RuntimeImport("guest_try_14")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void PageFaultSymbol();

    [InlineArray(4)]
    private struct TrapTable
    {
        private TrapInfo _first;
    }
}
