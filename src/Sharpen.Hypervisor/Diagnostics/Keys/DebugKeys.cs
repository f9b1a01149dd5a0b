using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Power;

namespace Sharpen.Hypervisor.Diagnostics.Keys;

/// <summary>
/// Keys pressed on the serial console, with Xen's letters where Xen has one. What a key does runs on the CPU that took the input, with no
/// lock held; it only looks, unless its row says otherwise.
/// </summary>
public static class DebugKeys
{
    /// <summary>How many keys there are.</summary>
    public const int Count = 15;

    /// <summary>The row of a key, in the order of the help.</summary>
    public static KeyRow Row(int index) => index switch
    {
        0 => new((byte)'+', "print more messages"u8),
        1 => new((byte)'-', "print fewer messages"u8),
        2 => new((byte)'C', "panic on purpose"u8),
        3 => new((byte)'G', "let + and - change what guests' messages are printed, or the hypervisor's again"u8),
        4 => new((byte)'R', "restart the host"u8),
        5 => new((byte)'a', "show timers"u8),
        6 => new((byte)'d', "dump registers and stacks of all CPUs"u8),
        7 => new((byte)'h', "show this message"u8),
        8 => new((byte)'i', "show interrupt bindings"u8),
        9 => new((byte)'m', "show memory"u8),
        10 => new((byte)'q', "show domains and their vCPUs"u8),
        11 => new((byte)'r', "show run queues"u8),
        12 => new((byte)'t', "show the clock"u8),
        13 => new((byte)'u', "show NUMA nodes"u8),
        14 => new((byte)'w', "print the console ring again"u8),
        _ => default,
    };

    /// <summary>Takes the keys that have been pressed. When input comes, on the CPU that its interrupt is routed to.</summary>
    /// <returns>True when there is input for the guest that reads it.</returns>
    public static bool Poll()
    {
        for (int i = 0; i < 64 && ConsoleInput.TryTakeKey(out byte key); i++)
        {
            Press(key);
        }

        return ConsoleInput.HasGuestInput;
    }

    /// <summary>Does what a key stands for; an unknown key does nothing.</summary>
    public static void Press(byte key)
    {
        int index = Find(key);
        if (index == Count)
        {
            return;
        }

        Log.Report($"'{(char)key}' pressed -> {Row(index).Help}");
        switch ((char)key)
        {
            case '+' or '-' or 'G':
                LevelKeys.Press(key);
                break;
            case 'C':
                Panic.Force();
                break;
            case 'R':
                HostPower.Restart();
                break;
            case 'd':
                CrossDump.ShowAll();
                break;
            case 'h':
                PrintHelp();
                break;
            case 'w':
                HostConsole.Replay();
                break;
            default:
                ShowFacts(key);
                break;
        }
    }

    private static void ShowFacts(byte key)
    {
        switch ((char)key)
        {
            case 'a':
                SchedulerFacts.ShowTimers();
                break;
            case 'i':
                InterruptFacts.Show();
                break;
            case 'm':
                HostFacts.ShowMemory();
                break;
            case 'q':
                DomainFacts.Show();
                break;
            case 'r':
                SchedulerFacts.ShowQueues();
                break;
            case 't':
                HostFacts.ShowClock();
                break;
            case 'u':
                HostFacts.ShowNodes();
                break;
            default:
                break;
        }
    }

    private static int Find(byte key)
    {
        int index = 0;
        while (index < Count && Row(index).Key != key)
        {
            index++;
        }

        return index;
    }

    private static void PrintHelp()
    {
        for (int i = 0; i < Count; i++)
        {
            Log.Report($" key '{(char)Row(i).Key}' => {Row(i).Help}");
        }
    }
}
