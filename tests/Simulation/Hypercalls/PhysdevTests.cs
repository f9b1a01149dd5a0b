using System;
using System.Buffers.Binary;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Interrupts;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Simulation;
using Sharpen.Simulation.Core;
using Xunit;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>physdev_op, with a pretend I/O APIC of 24 pins, a device with MSI at 00:03.0 and one with MSI-X at 00:04.0.</summary>
public sealed class PhysdevTests : IDisposable
{
    private const ulong Controller = 0xfec0_0000;
    private const ulong Table = 0xfebd_1000;
    private const int Capability = 0x50;
    private readonly CallerWorld _world;
    private readonly SimulatedMachine _machine;
    private readonly TableDevice _table = new();

    public PhysdevTests()
    {
        _world = new CallerWorld();
        _machine = SimulatedMachine.Current;
        InterruptLines.Reserve();
        InterruptLines.Add(IoApic.Open(new MachineAddress(Controller), 0), Controller, 0);
        Assert.True(InterruptLines.TryTakeOwn(4, Vector.Serial, level: false, activeLow: false));
        _world.Domain.IsHardware = true;
        Assert.True(IoPermissions.GiveHardware(ref _world.Domain).Try(out _));
        _machine.Devices.Add(_table);
        _machine.PciDevices.Add((0, 0x18), Function(5, control: (2 << 1) | (1 << 7) | (1 << 8)));
        byte[] withTable = Function(0x11, control: 3);
        BinaryPrimitives.WriteUInt32LittleEndian(withTable.AsSpan(0x14), (uint)(Table - 0x1000));
        BinaryPrimitives.WriteUInt32LittleEndian(withTable.AsSpan(Capability + 4), 0x1001);
        _machine.PciDevices.Add((0, 0x20), withTable);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_pin_is_for_who_may_use_it()
    {
        Assert.True(MapPin(10, -1) >= 0);
        using (Locked<DomainRank> held = _world.Domain.Lock.Enter(NoLocks.Held))
        {
            Assert.True(IoPermissions.SetIrq(held, ref _world.Domain, 11, mayUse: false).Try(out _));
        }

        Assert.Equal(-(long)Errno.Perm, MapPin(11, -1));
        Assert.Equal(-(long)Errno.Perm, MapPin(0, -1));
        Assert.Equal(-(long)Errno.Inval, MapPin(-1, -1));
        Assert.Equal(-(long)Errno.Inval, MapPin(int.MaxValue, -1));
    }

    [Fact]
    public void A_pin_is_mapped_bound_delivered_and_ended()
    {
        Assert.Equal(0, Do(PhysdevCommand.SetupGsi, new PhysdevSetupGsi { Gsi = 11, Triggering = 1, Polarity = 1 }));
        Assert.Equal(11, MapPin(11, 11));
        uint port = Bind(11);
        SimulatedPin pin = _machine.Pins[11];
        Assert.True(pin is { IsLevel: true, IsActiveLow: true, IsMasked: false });
        _machine.Assert(11);
        Deliver();
        Assert.True(_world.IsPending(port));
        Assert.True(_machine.Pins[11].IsMasked);
        Assert.Equal(0, Do(PhysdevCommand.Eoi, new PhysdevEoi { Pirq = 11 }));
        Assert.Single(_machine.Arrived);
        Deliver();
        _machine.Deassert(11);
        Assert.Equal(0, Do(PhysdevCommand.Eoi, new PhysdevEoi { Pirq = 11 }));
        Assert.Empty(_machine.Arrived);
        Assert.False(_machine.Pins[11].IsMasked);
        Assert.Equal(0, Event(EventChannelCommand.Close, new EventChannelClose { Port = port }));
        Assert.True(_machine.Pins[11].IsMasked);
        Assert.Equal(0, Do(PhysdevCommand.Eoi, new PhysdevEoi { Pirq = 11 }));
        Assert.Equal(-(long)Errno.Inval, Do(PhysdevCommand.Eoi, new PhysdevEoi { Pirq = 12 }));
        Assert.Equal(-(long)Errno.Exist, Do(PhysdevCommand.SetupGsi, new PhysdevSetupGsi { Gsi = 11 }));
    }

    [Fact]
    public void A_device_that_is_never_content_interrupts_once_for_each_end()
    {
        const int Storm = 1000;
        Assert.Equal(0, Do(PhysdevCommand.SetupGsi, new PhysdevSetupGsi { Gsi = 11, Triggering = 1, Polarity = 1 }));
        Assert.Equal(11, MapPin(11, 11));
        Bind(11);
        ulong before = InterruptLines.Snapshot(11).Count;
        _machine.Assert(11);
        for (int end = 0; end < Storm; end++)
        {
            Assert.Single(_machine.Arrived);
            Deliver();
            Assert.True(_machine.Pins[11].IsMasked);
            Assert.Equal(0, Do(PhysdevCommand.Eoi, new PhysdevEoi { Pirq = 11 }));
        }

        Assert.Equal((ulong)Storm, InterruptLines.Snapshot(11).Count - before);
    }

    [Fact]
    public void Lines_leave_a_CPU_that_goes()
    {
        Assert.Equal(8, MapPin(8, 8));
        Bind(8);
        Assert.Equal(0, Do(PhysdevCommand.SetupGsi, new PhysdevSetupGsi { Gsi = 9, Triggering = 1 }));
        Assert.Equal(9, MapPin(9, 9));
        Bind(9);
        LineClaims.MoveAll(new CpuId(1));
        Assert.Equal((1U, 0U), (_machine.Pins[8].ApicId, _machine.Pins[9].ApicId));
        _machine.Assert(9);
        Deliver();
        Assert.Equal(1U, _machine.Pins[9].ApicId);
    }

    [Fact]
    public void An_edge_needs_no_end_and_says_so_in_the_page()
    {
        ulong page = KernelFile.Start + 0x2000;
        Assert.Equal(0, Do(PhysdevCommand.PirqEoiPageV2, new PhysdevEoiPage { Frame = _world.FrameAt(page).Value }));
        Assert.Equal(-(long)Errno.Busy, Do(PhysdevCommand.PirqEoiPageV2, new PhysdevEoiPage { Frame = _world.FrameAt(page).Value }));
        Assert.Equal(8, MapPin(8, 8));
        Bind(8);
        Assert.Equal(0, Do(PhysdevCommand.SetupGsi, new PhysdevSetupGsi { Gsi = 9, Triggering = 1 }));
        Assert.Equal(9, MapPin(9, 9));
        Bind(9);
        Assert.Equal(1UL << 9, CallerWorld.Load<GuestWord>(page).Value);
        Assert.Equal(PirqStatusFlags.None, Status(8));
        Assert.Equal(PirqStatusFlags.NeedsEoi, Status(9));
        _machine.Assert(8);
        Deliver();
        Assert.False(_machine.Pins[8].IsMasked);
    }

    [Fact]
    public void In_the_old_way_an_end_also_unmasks_the_port()
    {
        ulong page = KernelFile.Start + 0x2000;
        Assert.Equal(0, Do(PhysdevCommand.PirqEoiPageV1, new PhysdevEoiPage { Frame = _world.FrameAt(page).Value }));
        MapPin(10, 10);
        uint port = Bind(10);
        ref SharedInfo shared = ref SharedPages.Of(ref _world.Domain);
        Machine.Layouts.Layout.Items<Words64, ulong>(ref shared.Mask)[0] |= 1UL << (int)port;
        Assert.Equal(0, Do(PhysdevCommand.Eoi, new PhysdevEoi { Pirq = 10 }));
        Assert.False(Hypervisor.Events.EventBits.IsMasked(ref shared, port));
    }

    [Fact]
    public void Messages_are_written_into_the_devices_capability()
    {
        int pirq = MapMessage(MapPirqType.MsiSegment, 0x18, 0, 0);
        byte[] space = _machine.PciDevices[(0, 0x18)];
        Assert.Equal(0xfee00000U, BinaryPrimitives.ReadUInt32LittleEndian(space.AsSpan(Capability + 4)));
        ushort vector = BinaryPrimitives.ReadUInt16LittleEndian(space.AsSpan(Capability + 12));
        Assert.InRange(vector, 0x30, 0xef);
        Assert.Equal(1U, BinaryPrimitives.ReadUInt32LittleEndian(space.AsSpan(Capability + 16)));
        uint port = Bind((uint)pirq);
        Assert.Equal(0U, BinaryPrimitives.ReadUInt32LittleEndian(space.AsSpan(Capability + 16)));
        LineDelivery.Serve((byte)vector);
        Assert.True(_world.IsPending(port));
        Assert.Equal(-(long)Errno.Exist, Map(MapPirqType.Msi, 0x18, 0, 0));
        Assert.Equal(0, Unmap(pirq));
        Assert.Equal(-(long)Errno.Inval, Unmap(pirq));
        LineDelivery.Serve((byte)vector);
        Assert.Equal(1UL, InterruptLines.StrayOn(default));
    }

    [Fact]
    public void Several_messages_have_neighbouring_vectors()
    {
        Assert.Equal(-(long)Errno.Inval, Map(MapPirqType.MultiMsi, 0x18, 8, 0));
        Assert.Equal(-(long)Errno.Inval, Map(MapPirqType.MultiMsi, 0x18, 3, 0));
        Assert.Equal(-(long)Errno.Inval, Map(MapPirqType.MultiMsi, 0x18, 0, 0));
        int first = MapMessage(MapPirqType.MultiMsi, 0x18, 4, 0);
        byte[] space = _machine.PciDevices[(0, 0x18)];
        ushort vector = BinaryPrimitives.ReadUInt16LittleEndian(space.AsSpan(Capability + 12));
        Assert.Equal(0, vector % 4);
        Assert.Equal(2 << 4, BinaryPrimitives.ReadUInt16LittleEndian(space.AsSpan(Capability + 2)) & 0x70);
        uint port = Bind((uint)first + 3);
        LineDelivery.Serve((byte)(vector + 3));
        Assert.True(_world.IsPending(port));
    }

    [Fact]
    public void Entries_of_a_table_are_written_masked_until_bound()
    {
        int pirq = MapMessage(MapPirqType.Msi, 0x20, 2, Table);
        Assert.Equal(0xfee00000U, _table.Words[8]);
        Assert.Equal(1U, _table.Words[11]);
        uint port = Bind((uint)pirq);
        Assert.Equal(0U, _table.Words[11]);
        LineDelivery.Serve((byte)_table.Words[10]);
        Assert.True(_world.IsPending(port));
        Assert.Equal(-(long)Errno.Inval, Map(MapPirqType.MsiSegment, 0x20, 4, Table));
        Assert.Equal(-(long)Errno.Inval, Map(MapPirqType.MsiSegment, 0x20, -1, Table));
        Assert.Equal(-(long)Errno.Exist, Map(MapPirqType.MsiSegment, 0x20, 2, Table));
        Assert.Equal(0, Do(PhysdevCommand.PciDeviceAdd, new PhysdevPciDeviceAdd { DevFn = 0x20 }));
        Array.Clear(_table.Words);
        Assert.Equal(0, Do(PhysdevCommand.RestoreMsiExtended, new PhysdevPciDevice { DevFn = 0x20 }));
        Assert.Equal(0xfee00000U, _table.Words[8]);
        Assert.Equal(0U, _table.Words[11]);
    }

    [Theory]
    [InlineData(0x7_0000UL << 12)]
    [InlineData(0x1000UL)]
    public void A_table_that_is_said_to_lie_where_none_can_is_not_touched(ulong address)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_machine.PciDevices[(0, 0x20)].AsSpan(0x14), (uint)address);
        Assert.Equal(-(long)Errno.NxIo, Map(MapPirqType.MsiSegment, 0x20, 0, Table));
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Equal(-(long)Errno.NoDev, Map(MapPirqType.MsiSegment, 0x28, 0, 0));
        Assert.Equal(-(long)Errno.NoDev, Map(MapPirqType.MsiSegment, 0x18, 0, Table));
        Assert.Equal(-(long)Errno.NoDev, Map(MapPirqType.MsiSegment, 256, 0, 0));
        Assert.Equal(-(long)Errno.Inval, Map((MapPirqType)5, 0x18, 0, 0));
        Assert.Equal(-(long)Errno.Inval, MapPin(-1, -1));
        Assert.Equal(-(long)Errno.Inval, MapPin(24, -1));
        Assert.Equal(-(long)Errno.Inval, MapPin(5, DomainPirqs.Limit));
        Assert.Equal(5, MapPin(5, 5));
        Assert.Equal(-(long)Errno.Exist, MapPin(6, 5));
        Assert.Equal(-(long)Errno.Srch, Do(PhysdevCommand.MapPirq, new PhysdevMapPirq { Domain = 77, Type = MapPirqType.Gsi }));
        Assert.Equal(4, MapPin(4, 4));
        Assert.Equal(-(long)Errno.Busy, Event(EventChannelCommand.BindPirq, new EventChannelBindPirq { Pirq = 4 }));
        Assert.Equal(-(long)Errno.Perm, Event(EventChannelCommand.BindPirq, new EventChannelBindPirq { Pirq = 6 }));
        Assert.Equal(-(long)Errno.Inval, Do(PhysdevCommand.SetupGsi, new PhysdevSetupGsi { Gsi = -1 }));
        Assert.Equal(-(long)Errno.Inval, Do(PhysdevCommand.IrqStatusQuery, new PhysdevIrqStatus { Pirq = uint.MaxValue }));
        Assert.Equal(-(long)Errno.Inval, Do(PhysdevCommand.Eoi, new PhysdevEoi { Pirq = uint.MaxValue }));
        Assert.Equal(-(long)Errno.NoDev, Do(PhysdevCommand.PciDeviceRemove, new PhysdevPciDevice { DevFn = 0x18 }));
        Assert.Equal(-(long)Errno.NoDev, Do(PhysdevCommand.PciMmcfgReserved, new PhysdevMmcfgReserved()));
        Assert.Equal(-(long)Errno.NoSys, _world.Call(Hypercall.PhysicalDeviceOp, (uint)PhysdevCommand.FreeIrqVector, CallerWorld.Scratch));
        Bind(5);
        Assert.Equal(-(long)Errno.Exist, Event(EventChannelCommand.BindPirq, new EventChannelBindPirq { Pirq = 5 }));
    }

    [Fact]
    public void Who_is_not_the_hardware_domain_gets_nothing()
    {
        _world.Domain.IsHardware = false;
        Assert.Equal(-(long)Errno.Perm, MapPin(11, 11));
        Assert.Equal(-(long)Errno.Perm, Map(MapPirqType.MsiSegment, 0x18, 0, 0));
        Assert.Equal(-(long)Errno.Perm, Do(PhysdevCommand.SetupGsi, new PhysdevSetupGsi { Gsi = 11 }));
        Assert.Equal(-(long)Errno.Perm, Do(PhysdevCommand.ApicRead, new PhysdevApic { Address = Controller }));
        Assert.Equal(-(long)Errno.Perm, Do(PhysdevCommand.ApicWrite, new PhysdevApic { Address = Controller }));
        Assert.Equal(-(long)Errno.Perm, Do(PhysdevCommand.GetFreePirq, new PhysdevGetFreePirq()));
        Assert.Equal(-(long)Errno.Perm, Do(PhysdevCommand.PciDeviceAdd, new PhysdevPciDeviceAdd()));
    }

    [Fact]
    public void Controllers_are_read_as_they_are_and_vectors_stay_ours()
    {
        Assert.Equal(0, Do(PhysdevCommand.ApicRead, new PhysdevApic { Address = Controller, Register = 1 }));
        Assert.Equal(0x170020U, CallerWorld.Load<PhysdevApic>(CallerWorld.Scratch).Value);
        Assert.Equal(-(long)Errno.Inval, Do(PhysdevCommand.ApicRead, new PhysdevApic { Address = Controller + 0x1000, Register = 1 }));
        Assert.Equal(0, Do(PhysdevCommand.AllocIrqVector, new PhysdevIrq { Irq = 11 }));
        Assert.Equal(11U, CallerWorld.Load<PhysdevIrq>(CallerWorld.Scratch).Vector);
        CallerWorld.Store(CallerWorld.Scratch, (uint)PhysdevCommand.AllocIrqVector);
        CallerWorld.Store(CallerWorld.Scratch + 8, new PhysdevIrq { Irq = 12 });
        Assert.Equal(0, _world.Call(Hypercall.PhysicalDeviceOpCompat, CallerWorld.Scratch));
        Assert.Equal(12U, CallerWorld.Load<PhysdevIrq>(CallerWorld.Scratch + 8).Vector);
        CallerWorld.Store(CallerWorld.Scratch, 99U);
        Assert.Equal(-(long)Errno.NoSys, _world.Call(Hypercall.PhysicalDeviceOpCompat, CallerWorld.Scratch));
        Assert.Equal(-(long)Errno.Fault, _world.Call(Hypercall.PhysicalDeviceOpCompat, CallerWorld.Forbidden));
    }

    [Fact]
    public void A_line_that_nobody_has_bound_is_masked_when_it_comes()
    {
        MapPin(11, 11);
        uint port = Bind(11);
        byte vector = _machine.Pins[11].Vector;
        Assert.Equal(0, Event(EventChannelCommand.Close, new EventChannelClose { Port = port }));
        LineDelivery.Serve(vector);
        Assert.Equal(1UL, InterruptLines.StrayOn(default));
        Assert.True(_machine.Pins[11].IsMasked);
    }

    private static byte[] Function(byte capability, int control)
    {
        byte[] space = new byte[256];
        BinaryPrimitives.WriteUInt32LittleEndian(space, 0x1000_1af4);
        space[4] = 2;
        space[6] = 0x10;
        space[0x34] = Capability;
        space[Capability] = capability;
        BinaryPrimitives.WriteUInt16LittleEndian(space.AsSpan(Capability + 2), (ushort)control);
        if (capability == 5)
        {
            space[Capability + 16] = 1;
        }

        return space;
    }

    private void Deliver()
    {
        while (_machine.Arrived.TryDequeue(out (uint ApicId, byte Vector) arrived))
        {
            LineDelivery.Serve(arrived.Vector);
        }
    }

    private long MapPin(int gsi, int pirq)
    {
        long result = Do(PhysdevCommand.MapPirq, new PhysdevMapPirq { Domain = 0x7ff0, Type = MapPirqType.Gsi, Index = gsi, Pirq = pirq });
        return result < 0 ? result : CallerWorld.Load<PhysdevMapPirq>(CallerWorld.Scratch).Pirq;
    }

    private int MapMessage(MapPirqType type, int devFn, int entry, ulong table)
    {
        Assert.Equal(0, Map(type, devFn, entry, table));
        return CallerWorld.Load<PhysdevMapPirq>(CallerWorld.Scratch).Pirq;
    }

    private long Map(MapPirqType type, int devFn, int entry, ulong table) => Do(PhysdevCommand.MapPirq, new PhysdevMapPirq
    {
        Domain = 0x7ff0,
        Type = type,
        Index = -1,
        Pirq = -1,
        DevFn = devFn,
        EntryNumber = entry,
        TableBase = table,
    });

    private long Unmap(int pirq) => Do(PhysdevCommand.UnmapPirq, new PhysdevUnmapPirq { Domain = 0x7ff0, Pirq = pirq });

    private uint Bind(uint pirq)
    {
        Assert.Equal(0, Event(EventChannelCommand.BindPirq, new EventChannelBindPirq { Pirq = pirq }));
        return CallerWorld.Load<EventChannelBindPirq>(CallerWorld.Scratch).Port;
    }

    private PirqStatusFlags Status(uint pirq)
    {
        Assert.Equal(0, Do(PhysdevCommand.IrqStatusQuery, new PhysdevIrqStatus { Pirq = pirq }));
        return CallerWorld.Load<PhysdevIrqStatus>(CallerWorld.Scratch).Flags;
    }

    private long Event<T>(EventChannelCommand command, T arguments)
        where T : unmanaged, IAbiData => _world.CallWith(Hypercall.EventChannelOp, (uint)command, arguments);

    private long Do<T>(PhysdevCommand command, T arguments)
        where T : unmanaged, IAbiData => _world.CallWith(Hypercall.PhysicalDeviceOp, (uint)command, arguments);

    private sealed class TableDevice : SimulatedDevice
    {
        internal uint[] Words { get; } = new uint[16];

        public override ulong Start => Table;

        public override ulong Bytes => 64;

        public override ulong Read(ulong offset, int bytes) => Words[offset / 4];

        public override void Write(ulong offset, int bytes, ulong value) => Words[offset / 4] = (uint)value;
    }
}
