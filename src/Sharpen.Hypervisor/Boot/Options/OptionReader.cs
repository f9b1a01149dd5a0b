using System;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Power;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>What each option's value does to the options.</summary>
internal static class OptionReader
{
    /// <summary>Applies one option; on a fault nothing has changed.</summary>
    internal static OptionFault Apply(OptionId id, in OptionText text, ref HostOptions options)
    {
        if (IsSwitch(id))
        {
            return ApplySwitch(id, in text, ref options);
        }

        if (text.IsNegated)
        {
            return OptionFault.NotASwitch;
        }

        return text.HasValue && !text.Value.IsEmpty ? ApplyValue(id, in text, ref options) : OptionFault.NeedsValue;
    }

    private static bool IsSwitch(OptionId id) => OptionTable.Row(id).Form.SequenceEqual("<boolean>"u8);

    private static OptionFault ApplySwitch(OptionId id, in OptionText text, ref HostOptions options)
    {
        bool isOn = false;
        OptionFault fault = text.ReadBoolean(ref isOn);
        if (fault != OptionFault.None)
        {
            return fault;
        }

        switch (id)
        {
            case OptionId.Acpi:
                options.IgnoresAcpi = !isOn;
                break;
            case OptionId.X2Apic:
                options.AvoidsX2Apic = !isOn;
                break;
            case OptionId.ConsoleToRing:
                options.KeepsConsole = isOn;
                break;
            case OptionId.Dom0VcpusPin:
                options.PinsDom0 = isOn;
                break;
            case OptionId.Noreboot:
                options.HaltsOnPanic = isOn;
                break;
            case OptionId.SyncConsole:
                options.IsSynchronous = isOn;
                break;
            case OptionId.Nosmp:
                options.MaxCpus = isOn ? 1u : 0;
                break;
            default:
                return OptionFault.Unknown;
        }

        return OptionFault.None;
    }

    private static OptionFault ApplyValue(OptionId id, in OptionText text, ref HostOptions options) => id switch
    {
        OptionId.Clocksource => ReadClock(in text, ref options.Clock),
        OptionId.Com1 => ReadSerial(text.Value, ref options.Serial),
        OptionId.Console => ReadConsole(text.Value, ref options.IsSilent),
        OptionId.Conswitch => ReadSwitchKey(text.Value, ref options),
        OptionId.Dom0MaxVcpus => ReadCpus(in text, ref options.Dom0Vcpus),
        OptionId.Dom0Mem => Dom0Memory.Read(text.Value, ref options.Dom0Memory),
        OptionId.GnttabMaxFrames => ReadCpus(in text, ref options.GrantFrames),
        OptionId.GnttabMaxMaptrackFrames => ReadCpus(in text, ref options.GrantMapFrames),
        OptionId.GuestLoglvl => ReadLevel(text.Value, true, ref options.Levels),
        OptionId.Loglvl => ReadLevel(text.Value, false, ref options.Levels),
        OptionId.Maxcpus => ReadCpus(in text, ref options.MaxCpus),
        OptionId.Mem => text.ReadSize(ref options.MemoryLimit),
        OptionId.Reboot => ReadRestart(text.Value, ref options.Restart),
        OptionId.Sched => ReadScheduler(in text, ref options.Scheduler),
        OptionId.SpecCtrl => ReadSpeculation(in text, ref options.Returns),
        _ => OptionFault.Unknown,
    };

    private static OptionFault ReadCpus(in OptionText text, ref uint result)
    {
        ulong count = 0;
        OptionFault fault = text.ReadNumber(1, 4095, ref count);
        result = fault == OptionFault.None ? (uint)count : result;
        return fault;
    }

    private static OptionFault ReadRestart(ReadOnlySpan<byte> value, ref RestartWay result)
    {
        RestartWay way = (char)value[0] switch
        {
            'a' => RestartWay.Acpi,
            'k' => RestartWay.Keyboard,
            'p' => RestartWay.Chipset,
            't' => RestartWay.TripleFault,
            'n' => RestartWay.None,
            _ => RestartWay.Best,
        };
        if (way == RestartWay.Best)
        {
            return OptionFault.NotAChoice;
        }

        result = way;
        return OptionFault.None;
    }

    private static OptionFault ReadScheduler(in OptionText text, ref SchedulerKind result)
    {
        if (!text.Is("credit2"u8) && !text.Is("null"u8))
        {
            return OptionFault.NotAChoice;
        }

        result = text.Is("null"u8) ? SchedulerKind.Null : SchedulerKind.Credit2;
        return OptionFault.None;
    }

    // Xen's list; the words of which there is nothing here are reported, the others count.
    private static OptionFault ReadSpeculation(in OptionText text, ref ReturnGuard result)
    {
        bool isOn = false;
        if (text.ReadBoolean(ref isOn) == OptionFault.None)
        {
            result = isOn ? ReturnGuard.WhereNeeded : ReturnGuard.Off;
            return OptionFault.None;
        }

        OptionFault fault = OptionFault.None;
        for (ReadOnlySpan<byte> rest = text.Value; !rest.IsEmpty;)
        {
            ReadOnlySpan<byte> value = OptionText.Take(ref rest, (byte)',');
            bool isNegated = value.StartsWith("no-"u8);
            value = isNegated ? value.Slice(3) : value;
            int equals = value.IndexOf((byte)'=');
            ReadOnlySpan<byte> name = equals < 0 ? value : value.Slice(0, equals);
            OptionText one = new(equals < 0 ? default : value.Slice(equals + 1), equals >= 0, isNegated);
            bool isKnown = (name.SequenceEqual("pv"u8) || name.SequenceEqual("rsb"u8)) && one.ReadBoolean(ref isOn) == OptionFault.None;
            fault = isKnown ? fault : OptionFault.NotAChoice;
            result = !isKnown ? result : isOn ? ReturnGuard.On : ReturnGuard.Off;
        }

        return fault;
    }

    private static OptionFault ReadClock(in OptionText text, ref ClockChoice result)
    {
        ClockChoice choice = text.Is("hpet"u8) ? ClockChoice.Hpet : text.Is("acpi"u8) ? ClockChoice.PmTimer : text.Is("pit"u8) ? ClockChoice.Pit : ClockChoice.Best;
        if (choice == ClockChoice.Best)
        {
            return OptionFault.NotAChoice;
        }

        result = choice;
        return OptionFault.None;
    }

    /// <summary>A list; what is not com1 is not there. Silence is chosen only when it is all that was asked for.</summary>
    private static OptionFault ReadConsole(ReadOnlySpan<byte> rest, ref bool isSilent)
    {
        bool hasSerial = false;
        bool hasOther = false;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> name = OptionText.Take(ref rest, (byte)',');
            hasSerial |= name.StartsWith("com1"u8);
            hasOther |= !name.StartsWith("com1"u8) && !name.SequenceEqual("none"u8);
        }

        isSilent = !hasSerial && !hasOther;
        return hasOther ? OptionFault.NotAChoice : OptionFault.None;
    }

    private static OptionFault ReadSwitchKey(ReadOnlySpan<byte> value, ref HostOptions options)
    {
        int letter = value[0] | 0x20;
        if (letter is < 'a' or > 'z' || value.Length > 2 || (value.Length == 2 && value[1] != (byte)'x'))
        {
            return OptionFault.NotAChoice;
        }

        options.SwitchKey = (byte)(letter - 'a' + 1);
        options.InputStartsHere = value.Length == 2;
        return OptionFault.None;
    }

    private static OptionFault ReadLevel(ReadOnlySpan<byte> text, bool isGuests, ref LogLevels levels)
    {
        if (!LogLevels.TryRead(text, out LogLevel level))
        {
            return OptionFault.NotAChoice;
        }

        levels.Host = isGuests ? levels.Host : level;
        levels.Guest = isGuests ? level : levels.Guest;
        return OptionFault.None;
    }

    private static OptionFault ReadSerial(ReadOnlySpan<byte> rest, ref SerialSetup result)
    {
        SerialSetup setup = default;
        ReadOnlySpan<byte> speed = OptionText.Take(ref rest, (byte)',');
        ReadOnlySpan<byte> baud = OptionText.Take(ref speed, (byte)'/');
        setup.IsAuto = baud.SequenceEqual("auto"u8);
        ulong number = 0;
        OptionFault fault = setup.IsAuto ? OptionFault.None : new OptionText(baud, true, false).ReadNumber(50, 115200, ref number);
        setup.Baud = (uint)number;
        ReadOnlySpan<byte> framing = OptionText.Take(ref rest, (byte)',');
        if (fault == OptionFault.None && !framing.IsEmpty && !framing.SequenceEqual("8n1"u8))
        {
            fault = OptionFault.NotAChoice;
        }

        ReadOnlySpan<byte> portBase = OptionText.Take(ref rest, (byte)',');
        if (fault == OptionFault.None && !portBase.IsEmpty)
        {
            fault = new OptionText(portBase, true, false).ReadNumber(1, 0xfff8, ref number);
            setup.PortBase = fault == OptionFault.None ? (ushort)number : (ushort)0;
        }

        result = fault == OptionFault.None ? setup : result;
        return fault;
    }
}
