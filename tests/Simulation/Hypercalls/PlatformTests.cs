using System;
using Sharpen.Abi;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Simulation;
using Xunit;
using static Sharpen.Simulation.Hypercalls.ToolCalls;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>platform_op: who may, in which form, and what each command answers.</summary>
public sealed class PlatformTests : IDisposable
{
    private const ulong Scratch = CallerWorld.Scratch;
    private const ulong Structure = Scratch + 8;
    private const uint Version = 0x0300_0001;
    private readonly CallerWorld _world = new();

    public PlatformTests() => _world.Domain.IsPrivileged = true;

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Only_a_privileged_domain_that_knows_the_version_may()
    {
        Assert.Equal(-(long)Errno.Acces, Call(PlatformCommand.GetCpuInfo, default(PlatformCpuInfo), 0x0300_0000));
        _world.Domain.IsPrivileged = false;
        Assert.Equal(-(long)Errno.Perm, Call(PlatformCommand.GetCpuInfo, default(PlatformCpuInfo)));
        Assert.Equal(-(long)Errno.Perm, Call((PlatformCommand)1000, default(PlatformCpuInfo)));
        Assert.Equal(-(long)Errno.Acces, Call(PlatformCommand.GetCpuInfo, default(PlatformCpuInfo), 0));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(CallerWorld.Forbidden)]
    [InlineData(ulong.MaxValue)]
    [InlineData(ulong.MaxValue - 7)]
    public void An_address_that_cannot_be_read_is_EFAULT(ulong address) =>
        Assert.Equal(-(long)Errno.Fault, _world.Call(Hypercall.PlatformOp, address));

    [Fact]
    public void An_unknown_command_is_ENOSYS() => Assert.Equal(-(long)Errno.NoSys, Call((PlatformCommand)100, default(PlatformCpuInfo)));

    [Fact]
    public void A_CPU_is_described_and_one_that_is_not_there_is_said_to_be_none()
    {
        _world.BringCpuOnline();
        Assert.Equal(0, Call(PlatformCommand.GetCpuInfo, default(PlatformCpuInfo)));
        Assert.Equal(1U, CallerWorld.Load<PlatformCpuInfo>(Structure).Flags);
        Assert.Equal(0, Call(PlatformCommand.GetCpuInfo, new PlatformCpuInfo { Cpu = uint.MaxValue, ApicId = 7 }));
        PlatformCpuInfo none = CallerWorld.Load<PlatformCpuInfo>(Structure);
        Assert.Equal((2U, 0U), (none.Flags, none.ApicId));
    }

    [Fact]
    public void Ranges_that_firmware_made_are_told()
    {
        PlatformMemoryType asked = new() { Register = 0, First = 9, Frames = 9, Type = 9 };
        Assert.Equal(-(long)Errno.Inval, Call(PlatformCommand.ReadMemoryType, asked));
        System.Collections.Generic.IDictionary<uint, ulong> registers = SimulatedMachine.Current.ModelRegisters;
        registers[0xfe] = 0x502;
        (registers[0x200], registers[0x201]) = (0x8000_0000, (~0x7fff_ffffUL & ((1UL << 46) - 1)) | 0x800);
        (registers[0x202], registers[0x203]) = (0x1234_5006, 0);
        Assert.Equal(0, Call(PlatformCommand.ReadMemoryType, asked));
        PlatformMemoryType told = CallerWorld.Load<PlatformMemoryType>(Structure);
        Assert.Equal((0x8_0000UL, 0x8_0000UL, 0U), (told.First, told.Frames, told.Type));
        Assert.Equal(0, Call(PlatformCommand.ReadMemoryType, asked with { Register = 1 }));
        told = CallerWorld.Load<PlatformMemoryType>(Structure);
        Assert.Equal((0UL, 0UL, 0U), (told.First, told.Frames, told.Type));
        Assert.Equal(-(long)Errno.Inval, Call(PlatformCommand.ReadMemoryType, asked with { Register = 2 }));
        Assert.Equal(-(long)Errno.Inval, Call(PlatformCommand.ReadMemoryType, asked with { Register = uint.MaxValue }));
    }

    [Theory]
    [InlineData(0U, 0U, Errno.Inval)]
    [InlineData(6U, 0U, Errno.Inval)]
    [InlineData(5U, 2U, Errno.Inval)]
    [InlineData(3U, 0U, Errno.OpNotSupp)]
    [InlineData(5U, 1U, Errno.OpNotSupp)]
    [InlineData(5U, 0U, Errno.Perm)]
    public void A_sleep_that_cannot_be_is_refused(uint state, uint flags, Errno error) =>
        Assert.Equal(-(long)error, Call(PlatformCommand.EnterAcpiSleep, new PlatformSleep { State = state, Flags = flags, ValueA = 0x3400 }));

    [Theory]
    [InlineData(1U, 0U, Errno.Srch)]
    [InlineData(2U, 9U, Errno.Srch)]
    [InlineData(3U, 0U, Errno.Srch)]
    [InlineData(4U, 0U, Errno.NoSys)]
    [InlineData(5U, 1U, Errno.Srch)]
    [InlineData(0U, 0U, Errno.Inval)]
    [InlineData(6U, 0U, Errno.Inval)]
    [InlineData(5U, 0U, Errno.None)]
    public void Firmware_facts_are_few(uint type, uint index, Errno error) =>
        Assert.Equal(-(long)error, Call(PlatformCommand.FirmwareInfo, new PlatformFirmware { Type = type, Index = index }));

    [Theory]
    [InlineData(0U, Errno.NoSys)]
    [InlineData(1U, Errno.NoSys)]
    [InlineData(uint.MaxValue, Errno.NoSys)]
    public void Without_efi_nothing_is_told_of_it(uint index, Errno error) =>
        Assert.Equal(-(long)error, Call(PlatformCommand.FirmwareInfo, new PlatformFirmware { Type = 4, Index = index }));

    [Fact]
    public void Cpus_stay_as_they_are()
    {
        _world.BringCpuOnline();
        Assert.Equal(0, Call(PlatformCommand.BringCpuUp, default(PlatformCpu)));
        Assert.Equal(-(long)Errno.Inval, Call(PlatformCommand.BringCpuUp, new PlatformCpu { Cpu = 4095 }));
        Assert.Equal(-(long)Errno.OpNotSupp, Call(PlatformCommand.TakeCpuDown, default(PlatformCpu)));
        Assert.Equal(-(long)Errno.Inval, Call(PlatformCommand.TakeCpuDown, new PlatformCpu { Cpu = uint.MaxValue }));
        Assert.Equal(-(long)Errno.Inval, Call(PlatformCommand.AddCpu, new PlatformCpuAddition { ApicId = uint.MaxValue }));
        Assert.Equal(-(long)Errno.NoSpc, Call(PlatformCommand.AddCpu, new PlatformCpuAddition { ApicId = 5 }));
        Assert.Equal(-(long)Errno.Inval, Call(PlatformCommand.AddMemory, default(PlatformCpuAddition)));
        Assert.Equal(0, Call(PlatformCommand.ParkCores, new PlatformParking { Type = 2, Idle = 5 }));
        Assert.Equal(0U, CallerWorld.Load<PlatformParking>(Structure).Idle);
        Assert.Equal(-(long)Errno.OpNotSupp, Call(PlatformCommand.ParkCores, new PlatformParking { Type = 1, Idle = 1 }));
        Assert.Equal(-(long)Errno.Inval, Call(PlatformCommand.ParkCores, new PlatformParking { Type = 3 }));
    }

    [Fact]
    public void A_CPU_that_goes_is_shown_as_none_that_takes_part()
    {
        _world.BringCpuOnline();
        _world.AddCpu(1);
        Assert.Equal(0, Call(PlatformCommand.BringCpuUp, new PlatformCpu { Cpu = 1 }));
        _world.Follows = 1;
        Assert.Equal(0, Call(PlatformCommand.TakeCpuDown, new PlatformCpu { Cpu = 1 }));
        Assert.True(_world.Repeats > 0);
        Assert.Equal(0, Call(PlatformCommand.TakeCpuDown, new PlatformCpu { Cpu = 1 }));
        Assert.Equal(0, _world.Repeats);
        Assert.Equal(0, Call(PlatformCommand.GetCpuInfo, new PlatformCpuInfo { Cpu = 1 }));
        Assert.Equal((1U, 0U), (CallerWorld.Load<PlatformCpuInfo>(Structure).Highest, CallerWorld.Load<PlatformCpuInfo>(Structure).Flags));
        Assert.Equal(0, Call(PlatformCommand.BringCpuUp, new PlatformCpu { Cpu = 1 }));
        Assert.True(_world.Repeats > 0);
        Assert.Equal(0, Call(PlatformCommand.GetCpuInfo, new PlatformCpuInfo { Cpu = 1 }));
        Assert.Equal(1U, CallerWorld.Load<PlatformCpuInfo>(Structure).Flags);
    }

    [Fact]
    public void Power_facts_are_looked_at()
    {
        Assert.Equal(-(long)Errno.Inval, Call(PlatformCommand.SetProcessorPower, new PlatformPower { AcpiId = 77 }));
        _world.KnowCpu(apicId: 0, acpiId: 77);
        Assert.Equal(0, Call(PlatformCommand.SetProcessorPower, new PlatformPower { AcpiId = 77 }));
        Assert.Equal(-(long)Errno.Fault, Call(PlatformCommand.SetProcessorPower, new PlatformPower { AcpiId = 77, IdleStateCount = 1 }));
        Assert.Equal(0, Call(PlatformCommand.SetProcessorPower, new PlatformPower { AcpiId = 77, Type = 1 }));
        Assert.Equal(-(long)Errno.NoSys, Call(PlatformCommand.SetProcessorPower, new PlatformPower { AcpiId = 77, Type = 2 }));
        Assert.Equal(0, Call(PlatformCommand.SetProcessorPower, new PlatformPower { AcpiId = 77, Type = 3, DriverBits = Scratch }));
        Assert.Equal(-(long)Errno.Inval, Call(PlatformCommand.SetProcessorPower, new PlatformPower { AcpiId = 77, Type = 4 }));
    }

    [Fact]
    public void Registers_are_read_one_by_one_until_one_is_refused()
    {
        _world.BringCpuOnline();
        PlatformResources list = new() { Count = 3, Entries = Scratch + 0x100 };
        Assert.Equal(3, Registers(list, 0x10, 0x10, 0x10));
        Assert.Equal(_world.Now.Nanoseconds, Entry(2).Value);
        Assert.Equal(1, Registers(list, 0x10, 0xc000_0080, 0x10));
        Assert.Equal(unchecked((uint)-(int)Errno.Perm), Entry(1).Command);
        Assert.Equal(0, Registers(list, 0x1_0000_0010, 0x10, 0x10));
        Assert.Equal(unchecked((uint)-(int)Errno.Inval), Entry(0).Command);
        Assert.Equal(0, Call(PlatformCommand.AccessResources, list with { Count = 0 }));
        Assert.Equal(-(long)Errno.Inval, Call(PlatformCommand.AccessResources, list with { Count = 4 }));
        Assert.Equal(-(long)Errno.Inval, Call(PlatformCommand.AccessResources, list with { Count = uint.MaxValue }));
        Assert.Equal(-(long)Errno.NoDev, Call(PlatformCommand.AccessResources, list with { Cpu = 99 }));
        Assert.Equal(-(long)Errno.Fault, Call(PlatformCommand.AccessResources, list with { Entries = CallerWorld.Forbidden }));
        Assert.Equal(-(long)Errno.Fault, Call(PlatformCommand.AccessResources, list with { Entries = ulong.MaxValue - 8 }));
    }

    [Fact]
    public void Symbols_and_versions_are_told()
    {
        _world.BringCpuOnline();
        Refused(Errno.Range, Call(PlatformCommand.GetSymbol, new PlatformSymbol { Number = uint.MaxValue }));
        Assert.Equal(0, Call(PlatformCommand.GetCpuVersion, new PlatformCpuVersion { Cpu = 4095, Family = 7 }));
        Assert.Equal(0U, CallerWorld.Load<PlatformCpuVersion>(Structure).Family);
        Assert.Equal(0, Call(PlatformCommand.GetCpuVersion, default(PlatformCpuVersion)));
    }

    [Fact]
    public void Small_things_answer_as_Xen_does()
    {
        Assert.Equal(0, Call(PlatformCommand.PlatformQuirk, new PlatformQuirk { Quirk = 1 }));
        Assert.Equal(-(long)Errno.Inval, Call(PlatformCommand.PlatformQuirk, default(PlatformQuirk)));
        Assert.Equal(-(long)Errno.Inval, Call(PlatformCommand.UpdateMicrocode, new PlatformMicrocode { Bytes = uint.MaxValue }));
        Assert.Equal(-(long)Errno.NoSys, Call(PlatformCommand.CallEfi, default(PlatformQuirk)));
        Assert.Equal(-(long)Errno.OpNotSupp, _world.Call(Hypercall.XenPmuOp));
    }

    private static PlatformResource Entry(int index) => CallerWorld.Load<PlatformResource>(Scratch + 0x100 + (ulong)(index * Layout.SizeOf<PlatformResource>()));

    private long Registers(PlatformResources list, params ulong[] indices)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            CallerWorld.Store(Scratch + 0x100 + (ulong)(i * Layout.SizeOf<PlatformResource>()), new PlatformResource { Index = indices[i] });
        }

        return Call(PlatformCommand.AccessResources, list);
    }

    private long Call<T>(PlatformCommand command, T arguments, uint version = Version)
        where T : unmanaged, IAbiData
    {
        CallerWorld.Store(Scratch, ((uint)command, version));
        CallerWorld.Store(Structure, arguments);
        return _world.Call(Hypercall.PlatformOp, Scratch);
    }
}
