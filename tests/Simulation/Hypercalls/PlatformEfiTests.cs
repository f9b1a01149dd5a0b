using System;
using System.Text;
using Sharpen.Abi;
using Sharpen.Machine.Efi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Simulation;
using Xunit;
using static Sharpen.Simulation.Hypercalls.ToolCalls;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>EFI's services as the control domain calls them.</summary>
public sealed class PlatformEfiTests : IDisposable
{
    private const ulong Scratch = CallerWorld.Scratch;
    private const ulong Structure = Scratch + 8;
    private const ulong Name = Scratch + 0x100;
    private const ulong Data = Scratch + 0x200;
    private const uint Version = 0x0300_0001;
    private readonly CallerWorld _world = new();

    public PlatformEfiTests()
    {
        _world.Domain.IsPrivileged = true;
        SimulatedMachine.Current.HasEfiServices = true;
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Without_services_there_are_none()
    {
        SimulatedMachine.Current.HasEfiServices = false;
        Refused(Errno.NoSys, Call(new PlatformFirmwareCall { Function = 1 }));
    }

    [Theory]
    [InlineData(0U)]
    [InlineData(10U)]
    [InlineData(11U)]
    [InlineData(uint.MaxValue)]
    public void An_unknown_service_is_EINVAL(uint function) => Refused(Errno.Inval, Call(new PlatformFirmwareCall { Function = function }));

    [Theory]
    [InlineData(1U, 1U)]
    [InlineData(4U, 4U)]
    [InlineData(6U, 1U)]
    [InlineData(9U, 1U)]
    public void Unknown_flags_are_EINVAL(uint function, uint flags) => Refused(Errno.Inval, Call(new PlatformFirmwareCall { Function = function, Flags = flags }));

    [Fact]
    public void Time_and_numbers_come_and_go()
    {
        Assert.Equal(0, Call(new PlatformFirmwareCall { Function = 1 }));
        Assert.Equal((1U, 50_000_000U, 0U), (Answer.Resolution, Answer.Accuracy, Answer.Flags));
        Assert.Equal(0, Call(new PlatformFirmwareCall { Function = 2, VariableName = 0x0303_0303 }));
        Assert.Equal(3, SimulatedMachine.Current.EfiTime);
        Assert.Equal(0, Call(new PlatformFirmwareCall { Function = 3 }));
        Assert.Equal((EfiStatus.Unsupported, 1U), (Answer.Status, Answer.Flags));
        Assert.Equal(0, Call(new PlatformFirmwareCall { Function = 4, Flags = 3 }));
        Assert.Equal(0, Call(new PlatformFirmwareCall { Function = 5 }));
        Assert.Equal(7U, Answer.Flags);
        Assert.Equal(0, Call(new PlatformFirmwareCall { Function = 9, StoreAttributes = 7 }));
        Assert.Equal((0x10000UL, 0x8000UL, 0x2000UL), (Answer.StoreBytes, Answer.StoreFreeBytes, Answer.StoreLargestBytes));
    }

    [Fact]
    public void A_variable_is_written_found_read_and_removed()
    {
        Put(Name, "Boot0001");
        Assert.True(GuestMemory.WriteBytes(new GuestLinear(Data), "value"u8).Try(out _));
        Assert.Equal(0, Call(new PlatformFirmwareCall { Function = 7, Flags = 7, VariableName = Name, VariableBytes = 5, VariableData = Data }));
        Assert.Equal(EfiStatus.Success, Answer.Status);

        Put(Data, "");
        Assert.Equal(0, Call(new PlatformFirmwareCall { Function = 8, NextBytes = 64, NextName = Data }));
        Assert.Equal((EfiStatus.Success, 18UL), (Answer.Status, Answer.NextBytes));
        Assert.Equal("Boot0001", Text(Data));
        Assert.Equal(0, Call(new PlatformFirmwareCall { Function = 8, NextBytes = 64, NextName = Data }));
        Assert.Equal(EfiStatus.NotFound, Answer.Status);

        PlatformFirmwareCall read = new() { Function = 6, VariableName = Name, VariableBytes = 4, VariableData = Data };
        Assert.Equal(0, Call(read));
        Assert.Equal((EfiStatus.BufferTooSmall, 5UL), (Answer.Status, Answer.VariableBytes));
        Assert.Equal(0, Call(read with { VariableBytes = ulong.MaxValue }));
        Assert.Equal((EfiStatus.Success, 5UL, 7U), (Answer.Status, Answer.VariableBytes, Answer.Flags));
        byte[] value = new byte[5];
        Assert.True(GuestMemory.ReadBytes(new GuestLinear(Data), value).Try(out _));
        Assert.Equal("value"u8.ToArray(), value);

        Assert.Equal(0, Call(new PlatformFirmwareCall { Function = 7, VariableName = Name }));
        Assert.Empty(SimulatedMachine.Current.EfiVariables);
    }

    [Theory]
    [InlineData(6U)]
    [InlineData(7U)]
    public void What_cannot_be_reached_is_EFAULT_and_what_is_too_long_refused(uint function)
    {
        Refused(Errno.Fault, Call(new PlatformFirmwareCall { Function = function, VariableName = CallerWorld.Forbidden, VariableBytes = 4, VariableData = Data }));
        Refused(Errno.Fault, Call(new PlatformFirmwareCall { Function = function, VariableName = ulong.MaxValue, VariableBytes = 4, VariableData = Data }));
        Refused(Errno.Fault, Call(new PlatformFirmwareCall { Function = 8, NextBytes = 8, NextName = CallerWorld.Forbidden }));
        Refused(Errno.Inval, Call(new PlatformFirmwareCall { Function = 8, NextBytes = 1, NextName = Name }));
        Put(Name, "toolong");
        Refused(Errno.Inval, Call(new PlatformFirmwareCall { Function = 8, NextBytes = 8, NextName = Name }));
        Refused(Errno.NoMem, Call(new PlatformFirmwareCall { Function = 7, VariableName = Name, VariableBytes = ulong.MaxValue, VariableData = Data }));
        Refused(Errno.Fault, Call(new PlatformFirmwareCall { Function = 7, VariableName = Name, VariableBytes = 8, VariableData = CallerWorld.Forbidden }));
        SimulatedMachine.Current.EfiVariables[$"{new string('0', 32)} {Convert.ToHexString(Encoding.Unicode.GetBytes("toolong\0"))}"] = (7, [1, 2]);
        Refused(Errno.Fault, Call(new PlatformFirmwareCall { Function = 6, VariableName = Name, VariableBytes = 8, VariableData = CallerWorld.Forbidden }));
    }

    private static PlatformFirmwareCall Answer => CallerWorld.Load<PlatformFirmwareCall>(Structure);

    private static void Put(ulong address, string text) =>
        Assert.True(GuestMemory.WriteBytes(new GuestLinear(address), Encoding.Unicode.GetBytes(text + "\0")).Try(out _));

    private static string Text(ulong address)
    {
        byte[] bytes = new byte[64];
        Assert.True(GuestMemory.ReadBytes(new GuestLinear(address), bytes).Try(out _));
        string text = Encoding.Unicode.GetString(bytes);
        return text[..text.IndexOf('\0', StringComparison.Ordinal)];
    }

    private long Call(PlatformFirmwareCall arguments)
    {
        CallerWorld.Store(Scratch, ((uint)PlatformCommand.CallEfi, Version));
        CallerWorld.Store(Structure, arguments);
        return _world.Call(Hypercall.PlatformOp, Scratch);
    }
}
