using System;
using System.Text;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;
using Xunit;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>xen_version, vm_assist, and the rest of sched_op and event_channel_op.</summary>
public sealed class SmallCallTests : IDisposable
{
    private const ulong Scratch = CallerWorld.Scratch;
    private readonly CallerWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void The_version_is_told_in_all_its_parts()
    {
        Assert.Equal("xen-3.0-x86_64", TextOf(VersionCommand.Capabilities, 1024));
        Assert.Equal("unavailable", TextOf(VersionCommand.ChangeSet, 64));
        Assert.NotEqual(string.Empty, TextOf(VersionCommand.CompileInfo, 64));
        Assert.Equal(string.Empty, TextOf(VersionCommand.GuestHandle, 16));
        Assert.Equal("<denied>", TextOf(VersionCommand.CommandLine, 1024));
        Assert.Equal(-(long)Errno.Perm, _world.Call(Hypercall.XenVersion, (uint)VersionCommand.BuildId));
        Assert.Equal(-(long)Errno.Fault, _world.Call(Hypercall.XenVersion, (uint)VersionCommand.CommandLine, CallerWorld.Forbidden));
        Assert.Equal(-(long)Errno.NoSys, _world.Call(Hypercall.XenVersion, 11));
    }

    [Fact]
    public void A_privileged_domain_is_told_the_command_line()
    {
        _world.Domain.IsPrivileged = true;
        HostLine.Keep("sched=null loglvl=all"u8);
        Assert.Equal("sched=null loglvl=all", TextOf(VersionCommand.CommandLine, 1024));
        HostLine.Keep(new byte[5000]);
        Assert.Equal(1023, HostLine.Text.Length);
        Assert.Equal(-(long)Errno.NoData, _world.Call(Hypercall.XenVersion, (uint)VersionCommand.BuildId));
        Assert.Equal(0, _world.CallWith(Hypercall.XenVersion, (uint)VersionCommand.GetFeatures, new FeatureInfo()));
        Assert.NotEqual(0U, CallerWorld.Load<FeatureInfo>(Scratch).Map & (1U << (int)Feature.Dom0));
    }

    [Fact]
    public void Assists_are_switched_one_by_one()
    {
        Assert.Equal(0, _world.Call(Hypercall.VmAssist, 0, (uint)VmAssistKind.M2pStrict));
        Assert.Equal(0, _world.Call(Hypercall.VmAssist, 0, (uint)VmAssistKind.RunstateUpdateFlag));
        Assert.Equal((1UL << 32) | (1UL << 5), _world.Domain.Assists);
        Assert.Equal(0, _world.Call(Hypercall.VmAssist, 1, (uint)VmAssistKind.M2pStrict));
        Assert.Equal(1UL << 5, _world.Domain.Assists);
        Assert.Equal(-(long)Errno.NoSys, _world.Call(Hypercall.VmAssist, 2, 5));
    }

    [Theory]
    [InlineData(6UL)]
    [InlineData(31UL)]
    [InlineData(33UL)]
    [InlineData(64UL)]
    [InlineData(69UL)]
    [InlineData(0xffff_ffffUL)]
    public void An_assist_that_is_none_is_refused(ulong kind)
    {
        Assert.Equal(-(long)Errno.Inval, _world.Call(Hypercall.VmAssist, 0, kind));
        Assert.Equal(0UL, _world.Domain.Assists);
    }

    [Fact]
    public void A_reason_given_in_advance_is_the_one_that_counts()
    {
        Assert.Equal(-(long)Errno.Inval, _world.CallWith(Hypercall.SchedOp, (uint)SchedCommand.ShutdownCode, new SchedShutdown { Reason = (ShutdownReason)6 }));
        Assert.Equal(0, _world.CallWith(Hypercall.SchedOp, (uint)SchedCommand.ShutdownCode, new SchedShutdown { Reason = ShutdownReason.Crash }));
        Assert.Equal(0, _world.CallWith(Hypercall.SchedOp, (uint)SchedCommand.ShutdownCode, new SchedShutdown { Reason = ShutdownReason.Reboot }));
        Assert.True(DomainLife.Stop(ref _world.Domain, ShutdownReason.PowerOff));
        Assert.Equal(ShutdownReason.Crash, _world.Domain.Reason);
    }

    [Fact]
    public void Nobody_unprivileged_stops_another()
    {
        Assert.Equal(-(long)Errno.Srch, _world.CallWith(Hypercall.SchedOp, (uint)SchedCommand.RemoteShutdown, new SchedRemoteShutdown { Domain = 9 }));
        Assert.Equal(-(long)Errno.Perm, _world.CallWith(Hypercall.SchedOp, (uint)SchedCommand.RemoteShutdown, new SchedRemoteShutdown { Domain = 1 }));
        Assert.True(DomainList.Create(new DomainId(2)).Try(out _));
        SchedRemoteShutdown other = new() { Domain = 2, Reason = ShutdownReason.Crash };
        Assert.Equal(-(long)Errno.Perm, _world.CallWith(Hypercall.SchedOp, (uint)SchedCommand.RemoteShutdown, other));
        _world.Domain.IsPrivileged = true;
        Assert.Equal(-(long)Errno.Inval, _world.CallWith(Hypercall.SchedOp, (uint)SchedCommand.RemoteShutdown, other with { Reason = (ShutdownReason)77 }));
        Assert.Equal(0, _world.CallWith(Hypercall.SchedOp, (uint)SchedCommand.RemoteShutdown, other));
    }

    [Fact]
    public void A_watchdog_that_is_moved_on_does_not_strike_and_one_that_is_not_does()
    {
        Assert.Equal(-(long)Errno.Inval, Watch(0, 0));
        Assert.Equal(-(long)Errno.Inval, Watch(1, 1));
        Assert.Equal(1, Watch(0, 2));
        Assert.Equal(2, Watch(0, 100));
        Assert.Equal(-(long)Errno.NoSpc, Watch(0, 1));
        Assert.Equal(-(long)Errno.Inval, Watch(3, 1));
        Assert.Equal(0, Watch(2, 0));
        Assert.Equal(-(long)Errno.Inval, Watch(2, 1));
        _world.Pass(1_500_000_000);
        Assert.Equal(0, Watch(1, 2));
        _world.Pass(1_500_000_000);
        Assert.Equal(NextStep.ResumeGuest, _world.Step);
        Assert.False(_world.Domain.IsEnding);
        _world.Pass(600_000_000);
        Assert.Equal(NextStep.Idle, _world.Step);
    }

    [Fact]
    public void A_physical_interrupt_is_nobodys()
    {
        Assert.Equal(-(long)Errno.Perm, _world.CallWith(Hypercall.EventChannelOp, (uint)EventChannelCommand.BindPirq, new EventChannelBindPirq { Pirq = 255 }));
        Assert.Equal(-(long)Errno.Inval, _world.CallWith(Hypercall.EventChannelOp, (uint)EventChannelCommand.BindPirq, new EventChannelBindPirq { Pirq = 256 }));
    }

    [Fact]
    public void A_reset_closes_every_port()
    {
        _world.BindTimer(0);
        _world.BindTimer(1);
        Assert.Equal(2, _world.Domain.Owned.Ports);
        Assert.Equal(-(long)Errno.Srch, _world.CallWith(Hypercall.EventChannelOp, (uint)EventChannelCommand.Reset, new EventChannelReset { Domain = 9 }));
        Assert.Equal(0, _world.CallWith(Hypercall.EventChannelOp, (uint)EventChannelCommand.Reset, new EventChannelReset { Domain = DomainId.Self.Value }));
        Assert.Equal(0, _world.Domain.Owned.Ports);
        Assert.True(DomainList.Create(new DomainId(2)).Try(out _));
        Assert.Equal(-(long)Errno.Perm, _world.CallWith(Hypercall.EventChannelOp, (uint)EventChannelCommand.Reset, new EventChannelReset { Domain = 2 }));
    }

    private long Watch(uint id, uint seconds) =>
        _world.CallWith(Hypercall.SchedOp, (uint)SchedCommand.Watchdog, new SchedWatchdog { Id = id, Timeout = seconds });

    private string TextOf(VersionCommand command, int length)
    {
        CallerWorld.Store(Scratch, default(Bytes1024));
        Assert.Equal(0, _world.Call(Hypercall.XenVersion, (uint)command, Scratch));
        Bytes1024 bytes = CallerWorld.Load<Bytes1024>(Scratch);
        return Encoding.ASCII.GetString(Layout.BytesOf(ref bytes)[..length]).TrimEnd((char)0);
    }
}
