using System;
using System.Collections.Generic;
using System.Text;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Grants;
using Xunit;
using static Sharpen.Simulation.Hypercalls.ToolCalls;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>The hypervisor's file system, by what Debian's Xen 4.17 answers.</summary>
public sealed class HypFsTests : IDisposable
{
    private const ulong Path = CallerWorld.Scratch;
    private const ulong Data = CallerWorld.Scratch + 0x1000;
    private const ulong Room = 0x800;
    private readonly ToolCalls _tools = new();

    public void Dispose() => _tools.Dispose();

    [Fact]
    public void Only_a_privileged_domain_may_and_it_learns_the_version()
    {
        Assert.Equal(1, Call(HypFsCommand.GetVersion, 0, 0, 0, 0));
        Refused(Errno.Inval, Call(HypFsCommand.GetVersion, 0, 0, 0, 1));
        Refused(Errno.NoSys, Call((HypFsCommand)3, 0, 0, 0, 0));
        _tools.World.Domain.IsPrivileged = false;
        foreach (HypFsCommand command in Enum.GetValues<HypFsCommand>())
        {
            Refused(Errno.Perm, Call(command, 0, 0, 0, 0));
        }
    }

    [Fact]
    public void Every_entry_can_be_reached_from_the_root()
    {
        List<string> all = [];
        Walk("/", all);
        Assert.Contains("/buildinfo/version/major", all);
        Assert.Contains("/params/loglvl", all);
        Assert.Contains("/cpupool/0/sched-gran", all);
        Assert.Equal(19, all.Count);
        Assert.Equal("cpu", Text("/cpupool/0/sched-gran"));
        Assert.Equal(".0-sharpen", Text("/buildinfo/version/extra"));
        Assert.Equal("64", Text("/params/gnttab_max_frames"));
        Assert.Equal(0, Read("/buildinfo/version/minor"));
        Assert.Equal((HypFsType.Unsigned, 4U, 17UL), (Told.Type, Told.Length, CallerWorld.Load<GuestWord>(Data + 12).Value & uint.MaxValue));
        Assert.Equal(0, Read("/params/"));
    }

    [Theory]
    [InlineData("params", Errno.Inval)]
    [InlineData("", Errno.Inval)]
    [InlineData("//params", Errno.NoEnt)]
    [InlineData("/params/.", Errno.NoEnt)]
    [InlineData("/nix", Errno.NoEnt)]
    [InlineData("/param", Errno.NoEnt)]
    [InlineData("/params/loglvl/x", Errno.NoEnt)]
    [InlineData("/par\0ms", Errno.Inval)]
    public void What_is_no_path_is_refused(string path, Errno error)
    {
        Refused(error, Read(path));
        Refused(error, Write(path, "x"));
    }

    [Fact]
    public void Lengths_and_addresses_are_looked_at_first()
    {
        Assert.Equal(0, Read("/params"));
        uint length = Told.Length;
        foreach ((ulong bytes, Errno error) in new (ulong, Errno)[] { (7, Errno.Inval), (9, Errno.Inval), (0, Errno.Inval), (1025, Errno.Inval), (ulong.MaxValue, Errno.Inval), (8, 0) })
        {
            Refused(error, Call(HypFsCommand.Read, Path, bytes, Data, Room));
        }

        foreach ((ulong room, Errno error) in new (ulong, Errno)[] { (0, Errno.Inval), (11, Errno.Inval), (12, Errno.NoBufs), (11 + length, Errno.NoBufs), (12 + length, 0), (ulong.MaxValue, 0) })
        {
            CallerWorld.Store(Data, default(HypFsEntry));
            Refused(error, Call(HypFsCommand.Read, Path, 8, Data, room));
            Assert.Equal(error == Errno.Inval ? 0 : length, Told.Length);
        }

        Refused(Errno.Fault, Call(HypFsCommand.Read, CallerWorld.Forbidden, 8, Data, Room));
        Refused(Errno.Fault, Call(HypFsCommand.Read, Path, 8, CallerWorld.Forbidden, Room));
        Refused(Errno.Fault, Call(HypFsCommand.Read, Path, 8, CallerWorld.Forbidden - 12, Room));
    }

    [Fact]
    public void Options_change_while_the_host_runs()
    {
        Assert.Equal(0, Write("/params/loglvl", "error\0"));
        Assert.Equal(0, Write("/params/guest_loglvl", "none/all\0"));
        Assert.Equal((LogLevel.Error, LogLevel.None), (HostConsole.Levels.Host, HostConsole.Levels.Guest));
        Assert.Equal("error", Text("/params/loglvl"));
        Assert.Equal(0, Write("/params/gnttab_max_frames", "128\0"));
        Assert.Equal(0, Write("/params/gnttab_max_maptrack_frames", "7\0"));
        Assert.Equal((128, 7), (GrantLimits.Current.Frames, GrantLimits.Current.MapFrames));
        Assert.Equal("128", Text("/params/gnttab_max_frames"));
        foreach ((string path, string text, Errno error) in new (string, string, Errno)[]
        {
            ("/params", "x\0", Errno.Acces), ("/", "x\0", Errno.Acces), ("/buildinfo/version/major", "4\0", Errno.Acces), ("/params/loglvl", "error", Errno.Dom), ("/params/loglvl", "", Errno.Dom),
            ("/params/loglvl", "a\0b\0", Errno.Dom), ("/params/loglvl", "rubbish\0", Errno.Inval), ("/params/loglvl", "error/x\0", Errno.Inval), ("/params/loglvl", new string('a', 20) + "\0", Errno.Inval),
            ("/params/gnttab_max_frames", "0\0", Errno.Inval), ("/params/gnttab_max_frames", "4096\0", Errno.Inval), ("/params/gnttab_max_frames", "99999999999\0", Errno.Inval), ("/params/gnttab_max_frames", "-1\0", Errno.Inval), ("/params/gnttab_max_frames", "\0", Errno.Inval),
        })
        {
            Refused(error, Write(path, text));
        }

        Assert.Equal((128, 7), (GrantLimits.Current.Frames, GrantLimits.Current.MapFrames));
        Refused(Errno.Fault, Call(HypFsCommand.WriteContents, Path, Put("/params/loglvl\0"), CallerWorld.Forbidden, 6));
    }

    private static HypFsEntry Told => CallerWorld.Load<HypFsEntry>(Data);

    private void Walk(string directory, List<string> all)
    {
        Assert.Equal(0, Read(directory));
        List<(string Name, bool IsDirectory)> found = [];
        ulong end = Data + 12 + Told.Length;
        for (ulong at = Data + 12, step = 1; step != 0; at += step)
        {
            step = CallerWorld.Load<GuestWord>(at + 12).Value & 0xffff;
            found.Add((At(at + 14), CallerWorld.Load<HypFsEntry>(at).Type == HypFsType.Directory));
            Assert.InRange(at + step, Data, end);
        }

        foreach ((string name, bool isDirectory) in found)
        {
            string path = directory == "/" ? $"/{name}" : $"{directory}/{name}";
            all.Add(path);
            if (isDirectory)
            {
                Walk(path, all);
            }
            else
            {
                Assert.Equal(0, Read(path));
            }
        }
    }

    private string Text(string path)
    {
        Assert.Equal(0, Read(path));
        Assert.Equal(HypFsType.Text, Told.Type);
        return At(Data + 12);
    }

    private static string At(ulong address)
    {
        StringBuilder text = new();
        for (byte one = Byte(address); one != 0; one = Byte(++address))
        {
            text.Append((char)one);
        }

        return text.ToString();
    }

    private static byte Byte(ulong address) => (byte)(CallerWorld.Load<GuestWord>(address).Value & 0xff);

    private static ulong Put(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            CallerWorld.Store(Path + (ulong)at, (byte)text[at]);
        }

        return (ulong)text.Length;
    }

    private long Read(string path) => Call(HypFsCommand.Read, Path, Put(path + "\0"), Data, Room);

    private long Write(string path, string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            CallerWorld.Store(Data + (ulong)at, (byte)text[at]);
        }

        return Call(HypFsCommand.WriteContents, Path, Put(path + "\0"), Data, (ulong)text.Length);
    }

    private long Call(HypFsCommand command, ulong path, ulong pathBytes, ulong data, ulong bytes)
    {
        Sharpen.Machine.Guest.GuestCpu.Registers.R10 = data;
        Sharpen.Machine.Guest.GuestCpu.Registers.R8 = bytes;
        return _tools.World.Call(Hypercall.HypFsOp, (ulong)command, path, pathBytes);
    }
}
