using System;
using Sharpen.Machine.Io;
using Sharpen.Machine.Locks;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Console;

/// <summary>
/// Serial input: keys for the hypervisor, or bytes for the control domain. The switch key (Ctrl-A unless the command line says otherwise),
/// three times in a row, moves input from one to the other; fewer presses are the reader's once another key follows. Without a guest that
/// reads input, all of it is the hypervisor's.
/// </summary>
public static class ConsoleInput
{
    private const byte UsualSwitchKey = 1;
    private const int PressesToSwitch = 3;
    private const int MostAtOnce = 64;

    private static ref ConsoleState State => ref Root.Of<ConsoleState>();

    /// <summary>Sets the switch key: a control character, or 0 for Ctrl-A.</summary>
    public static void SetSwitchKey(byte key) => State.Input.SwitchKey = key;

    /// <summary>There is a guest now that reads input.</summary>
    /// <param name="startsAtHypervisor">Input stays here until the switch key is pressed.</param>
    public static void AttachGuest(bool startsAtHypervisor)
    {
        State.Input.HasGuest = true;
        State.Input.IsGuests = !startsAtHypervisor;
        Announce();
    }

    /// <summary>Reads what the port has; bytes for the guest are kept for it, of the others the first is returned.</summary>
    /// <param name="key">A key for the hypervisor.</param>
    /// <returns>False when the port has nothing more; the guest should then be told if <see cref="HasGuestInput"/>.</returns>
    public static bool TryTakeKey(out byte key)
    {
        for (int i = 0; i < MostAtOnce && SerialPort.TryRead(out key); i++)
        {
            if (IsForHypervisor(key))
            {
                return true;
            }
        }

        key = 0;
        return false;
    }

    /// <summary>True when a guest's read would give something.</summary>
    public static bool HasGuestInput => State.Input.Count != 0;

    /// <summary>Hands waiting bytes to the guest that reads input.</summary>
    /// <returns>How many bytes.</returns>
    public static int ReadForGuest(scoped Span<byte> destination)
    {
        using Locked<ConsoleRank> held = State.Lock.Enter(NoLocks.Held);
        ref InputState input = ref State.Input;
        int count = 0;
        while (count < destination.Length && input.Count > 0)
        {
            destination[count++] = input.Waiting[input.First];
            input.First = (input.First + 1) % input.Waiting.Span.Length;
            input.Count--;
        }

        return count;
    }

    private static bool IsForHypervisor(byte value)
    {
        ref InputState input = ref State.Input;
        byte key = input.SwitchKey == 0 ? UsualSwitchKey : input.SwitchKey;
        if (input.HasGuest && value == key)
        {
            CountPress(ref input);
            return false;
        }

        for (; input.Presses > 0; input.Presses--)
        {
            KeepForGuest(ref input, key);
        }

        KeepForGuest(ref input, value);
        return !input.IsGuests;
    }

    private static void CountPress(ref InputState input)
    {
        input.Presses++;
        if (input.Presses == PressesToSwitch)
        {
            input.Presses = 0;
            input.IsGuests = !input.IsGuests;
            Announce();
        }
    }

    private static void KeepForGuest(ref InputState input, byte value)
    {
        if (!input.IsGuests)
        {
            return;
        }

        using Locked<ConsoleRank> held = State.Lock.Enter(NoLocks.Held);
        if (input.Count < input.Waiting.Span.Length)
        {
            input.Waiting[(input.First + input.Count) % input.Waiting.Span.Length] = value;
            input.Count++;
        }
    }

    private static void Announce()
    {
        byte key = State.Input.SwitchKey == 0 ? UsualSwitchKey : State.Input.SwitchKey;
        char letter = (char)('a' + key - 1);
        if (State.Input.IsGuests)
        {
            Log.Report($"*** Serial input to DOM0 (type 'CTRL-{letter}' three times to switch input)");
        }
        else
        {
            Log.Report($"*** Serial input to Xen (type 'CTRL-{letter}' three times to switch input)");
        }
    }
}
