using System;
using System.Threading;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>
/// As the kernel of the domain that has the hardware: asks for physical interrupts and event channels in many ways and prints what each call answers,
/// so that the answers can be compared with another hypervisor's; then counts interrupts of the real-time clock.
/// </summary>
internal static unsafe class Program
{
    private const ushort ClockIndex = 0x70;
    private const ushort ClockData = 0x71;
    private const int ClockGsi = 8;
    private const ulong PageBytes = 4096;
    private const ulong Base = 0xffff_ffff_8000_0000;

    internal static void Main()
    {
        Pins();
        Messages();
        Others();
        TwoLevel();
        CountClock();
        Fifo();
        Line.Of("interrupts: done"u8).Print();
    }

    /// <summary>Exceptions are not expected.</summary>
    internal static bool OnException(uint vector, ulong error) => false;

    private static void Pins()
    {
        for (Numbers list = new("0 1 2 4 9 10 11 15 16 23 24 1000 -1"u8); list.Next(out int gsi);)
        {
            PhysdevSetupGsi setup = new() { Gsi = gsi, Triggering = 1, Polarity = 1 };
            Say("setup_gsi"u8, gsi, Physdev(PhysdevCommand.SetupGsi, &setup));
            Say("  again"u8, gsi, Physdev(PhysdevCommand.SetupGsi, &setup));
            PhysdevMapPirq map = new() { Domain = 0x7ff0, Type = MapPirqType.Gsi, Index = gsi, Pirq = gsi };
            Say("  map"u8, gsi, Physdev(PhysdevCommand.MapPirq, &map));
            map = new() { Domain = 0x7ff0, Type = MapPirqType.Gsi, Index = gsi, Pirq = -1 };
            long mapped = Physdev(PhysdevCommand.MapPirq, &map);
            Say("  map any"u8, gsi, mapped == 0 ? map.Pirq : mapped);
            PhysdevIrq vector = new() { Irq = U(gsi) };
            long allocated = Physdev(PhysdevCommand.AllocIrqVector, &vector);
            Say("  vector"u8, gsi, allocated == 0 ? vector.Vector : allocated);
        }

        PhysdevMapPirq other = new() { Domain = 0x7ff0, Type = MapPirqType.Gsi, Index = 5, Pirq = 6 };
        Say("map 5 as 6"u8, 0, Physdev(PhysdevCommand.MapPirq, &other));
        for (Numbers list = new("40 100 255 256 300 511 512 1000 1023 1024 1100 32767 32768"u8); list.Next(out int pirq);)
        {
            other = new() { Domain = 0x7ff0, Type = MapPirqType.Gsi, Index = 7, Pirq = pirq };
            Say("map 7 as"u8, pirq, Physdev(PhysdevCommand.MapPirq, &other));
            PhysdevIrqStatus status = new() { Pirq = U(pirq) };
            long asked = Physdev(PhysdevCommand.IrqStatusQuery, &status);
            Say("status"u8, pirq, asked == 0 ? (long)status.Flags : asked);
            PhysdevUnmapPirq unmap = new() { Domain = 0x7ff0, Pirq = pirq };
            Say("unmap"u8, pirq, Physdev(PhysdevCommand.UnmapPirq, &unmap));
            EventChannelBindPirq bind = new() { Pirq = U(pirq) };
            Say("bind unmapped"u8, pirq, Event(EventChannelCommand.BindPirq, &bind));
        }

        for (Numbers list = new("0 1 2 3 9"u8); list.Next(out int type);)
        {
            PhysdevGetFreePirq free = new() { Type = (MapPirqType)type };
            long got = Physdev(PhysdevCommand.GetFreePirq, &free);
            Say("free pirq of type"u8, type, got == 0 ? free.Pirq : got);
        }

        for (Numbers list = new("0 2 4 7 10 11 20"u8); list.Next(out int gsi);)
        {
            EventChannelBindPirq bind = new() { Pirq = U(gsi) };
            long bound = Event(EventChannelCommand.BindPirq, &bind);
            Say("bind"u8, gsi, bound);
            PhysdevIrqStatus status = new() { Pirq = U(gsi) };
            long asked = Physdev(PhysdevCommand.IrqStatusQuery, &status);
            Say("status"u8, gsi, asked == 0 ? (long)status.Flags : asked);
            PhysdevEoi end = new() { Pirq = U(gsi) };
            Say("eoi"u8, gsi, Physdev(PhysdevCommand.Eoi, &end));
            Say("bind again"u8, gsi, Event(EventChannelCommand.BindPirq, &bind));
            PhysdevSetupGsi setup = new() { Gsi = gsi, Triggering = 0, Polarity = 0 };
            Say("setup as edge when bound"u8, gsi, Physdev(PhysdevCommand.SetupGsi, &setup));
            if (bound == 0)
            {
                EventChannelClose close = new() { Port = bind.Port };
                Say("close"u8, gsi, Event(EventChannelCommand.Close, &close));
            }
        }
    }

    private static void Messages()
    {
        for (Numbers list = new("0 8 24 256 -1"u8); list.Next(out int devFn);)
        {
            for (Numbers kinds = new("0 3 4 5"u8); kinds.Next(out int type);)
            {
                PhysdevMapPirq map = new() { Domain = 0x7ff0, Type = (MapPirqType)type, Index = -1, Pirq = -1, DevFn = devFn, EntryNumber = type == 4 ? 2 : 0 };
                Line.Of("interrupts: message of type "u8).Number((ulong)type).Text(" "u8).Answer(devFn).Text(": "u8).Answer(Physdev(PhysdevCommand.MapPirq, &map)).Print();
            }
        }

        PhysdevMapPirq far = new() { Domain = 0x7ff0, Type = MapPirqType.MsiSegment, Index = -1, Pirq = -1, Bus = 5 << 16 };
        Say("message of a far segment"u8, 5, Physdev(PhysdevCommand.MapPirq, &far));
        far = new() { Domain = 77, Type = MapPirqType.Gsi, Index = 3, Pirq = 3 };
        Say("map for nobody"u8, 77, Physdev(PhysdevCommand.MapPirq, &far));
    }

    private static void Others()
    {
        PhysdevPciDevice device = new() { DevFn = 0xf8 };
        Say("remove unknown"u8, 0, Physdev(PhysdevCommand.PciDeviceRemove, &device));
        Say("restore unknown"u8, 0, Physdev(PhysdevCommand.RestoreMsiExtended, &device));
        Say("prepare unknown"u8, 0, Physdev(PhysdevCommand.PrepareMsix, &device));
        Say("release unknown"u8, 0, Physdev(PhysdevCommand.ReleaseMsix, &device));
        PhysdevPciDeviceAdd add = new() { DevFn = 0 };
        Say("add"u8, 0, Physdev(PhysdevCommand.PciDeviceAdd, &add));
        Say("add again"u8, 0, Physdev(PhysdevCommand.PciDeviceAdd, &add));
        device.DevFn = 0;
        Say("restore"u8, 0, Physdev(PhysdevCommand.RestoreMsiExtended, &device));
        Say("remove"u8, 0, Physdev(PhysdevCommand.PciDeviceRemove, &device));
        PhysdevManagePci old = new() { DevFn = 0xf8 };
        Say("old remove"u8, 0, Physdev(PhysdevCommand.ManagePciRemove, &old));
        Say("old restore"u8, 0, Physdev(PhysdevCommand.RestoreMsi, &old));
        Say("old add"u8, 0, Physdev(PhysdevCommand.ManagePciAdd, &old));
        PhysdevManagePciExtended extended = new() { DevFn = 0xf8, IsVirtualFunction = 2 };
        Say("extended add"u8, 0, Physdev(PhysdevCommand.ManagePciAddExtended, &extended));
        PhysdevMmcfgReserved reserved = new() { Address = 0xb0000000, EndBus = 255, Flags = MmcfgFlags.Reserved };
        Say("mmcfg"u8, 0, Physdev(PhysdevCommand.PciMmcfgReserved, &reserved));
        PhysdevDebugPort debug = new() { Operation = 1 };
        Say("debug port"u8, 1, Physdev(PhysdevCommand.DebugPort, &debug));
        debug.Operation = 3;
        Say("debug port"u8, 3, Physdev(PhysdevCommand.DebugPort, &debug));
        for (Numbers list = new("0 1 2 16 256"u8); list.Next(out int register);)
        {
            PhysdevApic apic = new() { Address = 0xfec00000, Register = U(register) };
            long read = Physdev(PhysdevCommand.ApicRead, &apic);
            Say("apic register"u8, register, read == 0 ? apic.Value : read);
        }

        PhysdevApic nowhere = new() { Address = 0xfec01000, Register = 1 };
        Say("no apic"u8, 0, Physdev(PhysdevCommand.ApicRead, &nowhere));
        for (Numbers list = new("0 4 11 18 22 32"u8); list.Next(out int command);)
        {
            Say("command"u8, command, Physdev((PhysdevCommand)U(command), &nowhere));
        }

        Say("no structure"u8, 0, Physdev(PhysdevCommand.MapPirq, null));
        PhysdevEoiPage page = new() { Frame = ulong.MaxValue };
        Say("eoi page of nobody"u8, 0, Physdev(PhysdevCommand.PirqEoiPageV2, &page));
        page.Frame = FrameOf(0);
        Say("eoi page"u8, 0, Physdev(PhysdevCommand.PirqEoiPageV2, &page));
        Say("eoi page again"u8, 0, Physdev(PhysdevCommand.PirqEoiPageV2, &page));
        for (Numbers list = new("4 5 8 10 13 99"u8); list.Next(out int command);)
        {
            Bytes64 form = default;
            ulong* compat = (ulong*)&form;
            compat[0] = U(command);
            compat[1] = 9;
            Say("old form"u8, command, Stubs.Call(Hypercall.PhysicalDeviceOpCompat, (ulong)compat, 0, 0, 0));
        }
    }

    private static void TwoLevel()
    {
        EventChannelExpandArray expand = new() { ArrayFrame = FrameOf(1) };
        Say("expand before fifo"u8, 0, Event(EventChannelCommand.ExpandArray, &expand));
        EventChannelSetPriority priority = new() { Port = 1, Priority = 1 };
        Say("priority of no port"u8, 0, Event(EventChannelCommand.SetPriority, &priority));
        for (Numbers list = new("0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 23 24 -1"u8); list.Next(out int virq);)
        {
            EventChannelBindVirq bind = new() { Virq = (Virq)U(virq), Vcpu = 0 };
            long bound = Event(EventChannelCommand.BindVirq, &bind);
            Say("virq"u8, virq, bound);
            Say("  again"u8, virq, Event(EventChannelCommand.BindVirq, &bind));
            if (bound == 0)
            {
                priority = new() { Port = bind.Port, Priority = 1 };
                Say("  priority"u8, virq, Event(EventChannelCommand.SetPriority, &priority));
                EventChannelSend send = new() { Port = bind.Port };
                Say("  send"u8, virq, Event(EventChannelCommand.Send, &send));
                EventChannelBindVcpu retarget = new() { Port = bind.Port, Vcpu = 0 };
                Say("  bind vcpu"u8, virq, Event(EventChannelCommand.BindVcpu, &retarget));
                EventChannelClose close = new() { Port = bind.Port };
                Say("  close"u8, virq, Event(EventChannelCommand.Close, &close));
            }

            bind = new() { Virq = (Virq)U(virq), Vcpu = 1000 };
            Say("  far vcpu"u8, virq, Event(EventChannelCommand.BindVirq, &bind));
        }

        for (Numbers list = new("0 5 60 64 100 127 128 1000 4095 4096 131071 131072"u8); list.Next(out int port);)
        {
            EventChannelStatus status = new() { Domain = 0x7ff0, Port = U(port) };
            Say("status of port"u8, port, Event(EventChannelCommand.Status, &status));
            EventChannelSend send = new() { Port = U(port) };
            Say("send to port"u8, port, Event(EventChannelCommand.Send, &send));
            EventChannelUnmask unmask = new() { Port = U(port) };
            Say("unmask port"u8, port, Event(EventChannelCommand.Unmask, &unmask));
            EventChannelClose close = new() { Port = U(port) };
            Say("close port"u8, port, Event(EventChannelCommand.Close, &close));
        }

        EventChannelBindIpi ipi = new() { Vcpu = 77 };
        Say("ipi for vcpu"u8, 77, Event(EventChannelCommand.BindIpi, &ipi));
        EventChannelAllocUnbound unbound = new() { Domain = 77, RemoteDomain = 0 };
        Say("unbound of nobody"u8, 77, Event(EventChannelCommand.AllocUnbound, &unbound));
        unbound = new() { Domain = 0x7ff0, RemoteDomain = 77 };
        Say("unbound for nobody"u8, 77, Event(EventChannelCommand.AllocUnbound, &unbound));
        EventChannelReset reset = new() { Domain = 77 };
        Say("reset of nobody"u8, 77, Event(EventChannelCommand.Reset, &reset));
        Say("event command"u8, 14, Event((EventChannelCommand)14, &reset));
        Say("event command"u8, 15, Event((EventChannelCommand)15, &reset));
    }

    private static void Fifo()
    {
        EventChannelInitControl control = new() { ControlFrame = FrameOf(2), Offset = 4 };
        Say("fifo at 4"u8, 0, Event(EventChannelCommand.InitControl, &control));
        control = new() { ControlFrame = FrameOf(2), Offset = 4032 };
        Say("fifo at 4032"u8, 0, Event(EventChannelCommand.InitControl, &control));
        control = new() { ControlFrame = ulong.MaxValue };
        Say("fifo nowhere"u8, 0, Event(EventChannelCommand.InitControl, &control));
        control = new() { ControlFrame = FrameOf(2), Vcpu = 600 };
        Say("fifo of far vcpu"u8, 600, Event(EventChannelCommand.InitControl, &control));
        control = new() { ControlFrame = FrameOf(2) };
        Say("fifo"u8, 0, Event(EventChannelCommand.InitControl, &control));
        Say("fifo again"u8, control.LinkBits, Event(EventChannelCommand.InitControl, &control));
        EventChannelExpandArray expand = new() { ArrayFrame = ulong.MaxValue };
        Say("expand by nothing"u8, 0, Event(EventChannelCommand.ExpandArray, &expand));
        expand.ArrayFrame = FrameOf(1);
        Say("expand"u8, 0, Event(EventChannelCommand.ExpandArray, &expand));
        EventChannelBindIpi ipi = default;
        Say("ipi"u8, 0, Event(EventChannelCommand.BindIpi, &ipi));
        for (Numbers list = new("0 15 16 -1"u8); list.Next(out int urgency);)
        {
            EventChannelSetPriority priority = new() { Port = ipi.Port, Priority = U(urgency) };
            Say("priority"u8, urgency, Event(EventChannelCommand.SetPriority, &priority));
        }

        EventChannelSend send = new() { Port = ipi.Port };
        Say("send"u8, 0, Event(EventChannelCommand.Send, &send));
        uint word = ((uint*)AddressOf(1))[ipi.Port];
        Line.Of("interrupts: word "u8).Hex(word).Text(", ready "u8).Hex(*(uint*)AddressOf(2)).Print();
        EventChannelReset reset = new() { Domain = 0x7ff0 };
        Say("reset"u8, 0, Event(EventChannelCommand.Reset, &reset));
    }

    private static void CountClock()
    {
        ulong level = 1;
        Say("iopl"u8, 1, Physdev(PhysdevCommand.SetIopl, &level));
        PhysdevSetupGsi setup = new() { Gsi = ClockGsi };
        Say("clock setup"u8, ClockGsi, Physdev(PhysdevCommand.SetupGsi, &setup));
        PhysdevMapPirq map = new() { Domain = 0x7ff0, Type = MapPirqType.Gsi, Index = ClockGsi, Pirq = ClockGsi };
        Say("clock map"u8, ClockGsi, Physdev(PhysdevCommand.MapPirq, &map));
        EventChannelBindPirq bind = new() { Pirq = ClockGsi };
        Say("clock bind"u8, ClockGsi, Event(EventChannelCommand.BindPirq, &bind));
        Clear(bind.Port);
        WriteClock(0x0a, 0x26);
        WriteClock(0x0b, (byte)(ReadClock(0x0b) | 0x40));
        int count = 0;
        for (ulong end = Clock.Now + 2_000_000_000; count < 100 && Clock.Now < end;)
        {
            ReadClock(0x0c);
            count += Clear(bind.Port) ? 1 : 0;
        }

        WriteClock(0x0b, (byte)(ReadClock(0x0b) & ~0x40));
        Say("clock interrupts"u8, 0, count);
        EventChannelClose close = new() { Port = bind.Port };
        Say("clock close"u8, 0, Event(EventChannelCommand.Close, &close));
    }

    private static bool Clear(uint port)
    {
        ulong* pending = (ulong*)&Events.Shared->Pending;
        ulong bit = 1UL << (int)(port % 64);
        return (Interlocked.And(ref pending[port / 64], ~bit) & bit) != 0;
    }

    private static byte ReadClock(byte register)
    {
        Stubs.Out8(ClockIndex, register);
        return Stubs.In8(ClockData);
    }

    private static void WriteClock(byte register, byte value)
    {
        Stubs.Out8(ClockIndex, register);
        Stubs.Out8(ClockData, value);
    }

    // The pages behind the first stack are padding, mapped and unused.
    private static ulong AddressOf(int index) => Boot.Info->PageTableBase + ((Boot.Info->PageTableFrames + 8 + (ulong)index) * PageBytes);

    private static ulong FrameOf(int index) => ((ulong*)Boot.Info->MfnList)[(AddressOf(index) - Base) / PageBytes];

    // The lists have -1 for the largest number.
    private static uint U(int number) => unchecked((uint)number);

    private static void Say(ReadOnlySpan<byte> what, int of, long answer) =>
        Line.Of("interrupts: "u8).Text(what).Text(" "u8).Answer(of).Text(": "u8).Answer(answer).Print();

    private static long Physdev(PhysdevCommand command, void* arguments) => Stubs.Call(Hypercall.PhysicalDeviceOp, (ulong)command, (ulong)arguments, 0, 0);

    private static long Event(EventChannelCommand command, void* arguments) => Stubs.Call(Hypercall.EventChannelOp, (ulong)command, (ulong)arguments, 0, 0);
}
