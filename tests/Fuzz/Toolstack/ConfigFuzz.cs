using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Sharpen.Toolstack.Booting;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Toolstack.Registry;
using Xunit;

namespace Sharpen.Fuzz.Toolstack;

/// <summary>Whatever a file or an argument says, it is answered by what it means or by what is wrong with it, never by any other exception.</summary>
public sealed class ConfigFuzz
{
    private const int Cpus = 8;

    private static readonly Dictionary<string, Action<Random>> s_subjects = new()
    {
        ["xl.cfg"] = static random => ReadGuest(Spoilt(random, ConfigCorpus.Guest)),
        ["xl.conf"] = static random => Answer(() => ToolDefaultsReader.Read(ConfigDocument.Parse("f", Spoilt(random, ConfigCorpus.Defaults)), out _)),
        ["pool"] = static random => Answer(() => PoolConfig.Read("f", ConfigDocument.Parse("f", Spoilt(random, ConfigCorpus.Pool)))),
        ["disk"] = static random => ReadDisk(Spoilt(random, Any(random, ConfigCorpus.Disks))),
        ["vif"] = static random => ReadCard(Spoilt(random, Any(random, ConfigCorpus.Cards))),
        ["channel"] = static random => ReadChannel(Spoilt(random, Any(random, ConfigCorpus.Channels))),
        ["vfb"] = static random => ReadScreen(Spoilt(random, Any(random, ConfigCorpus.Screens))),
        ["cpus"] = static random => ReadCpus(Spoilt(random, Any(random, ConfigCorpus.CpuLists))),
        ["xendomains"] = static random => ReadXendomains(Spoilt(random, ConfigCorpus.Xendomains)),
        ["bootloader"] = static random => ReadBootChoice(new Mutator(random).Spoil(Encoding.UTF8.GetBytes(ConfigCorpus.BootChoice))),
    };

    public static TheoryData<string> Subjects => [.. s_subjects.Keys];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Spoilt_texts_are_answered(string subject) => Fuzzer.Run(10_000, s_subjects[subject]);

    [Theory]
    [MemberData(nameof(Subjects))]
    [Trait("Tier", "All")]
    public void A_million_spoilt_texts_are_answered(string subject) => Fuzzer.Run(1_000_000, s_subjects[subject]);

    [Fact]
    public void The_corpus_is_understood_when_it_is_whole()
    {
        Assert.Equal("web", DomainConfigReader.Read("f", ConfigDocument.Parse("f", ConfigCorpus.Guest), new ToolDefaults(), out _).Name);
        Assert.Equal(64, ToolDefaultsReader.Read(ConfigDocument.Parse("f", ConfigCorpus.Defaults), out var warnings).GrantFrames);
        Assert.Empty(warnings);
        Assert.Equal("fast", PoolConfig.Read("f", ConfigDocument.Parse("f", ConfigCorpus.Pool)).Name);
        Assert.All(ConfigCorpus.Disks, static text => Assert.True(DiskParser.Parse(text, out string problem) is not null, $"{text}: {problem}"));
        Assert.All(ConfigCorpus.Cards, static text => Assert.True(VifParser.Parse(text, new VifSpec(), out string problem) is not null, $"{text}: {problem}"));
        Assert.All(ConfigCorpus.Channels, static text => Assert.True(ChannelParser.Parse(text, out string problem) is not null, $"{text}: {problem}"));
        Assert.All(ConfigCorpus.Screens, static text => Assert.True(ScreenParser.Parse(text, out string problem) is not null, $"{text}: {problem}"));
        Assert.All(ConfigCorpus.CpuLists, static text => Assert.True(CpuList.Parse(text, out string problem) is not null, $"{text}: {problem}"));
    }

    /// <summary>A folder in which people put what they like.</summary>
    [Fact]
    public void Spoilt_files_are_no_defined_domains_at_worst()
    {
        string folder = Directory.CreateTempSubdirectory("fuzz").FullName;
        try
        {
            Fuzzer.Run(500, random =>
            {
                File.WriteAllBytes(Path.Combine(folder, "a.cfg"), new Mutator(random).Spoil(Encoding.UTF8.GetBytes(Spoilt(random, ConfigCorpus.Guest))));
                File.WriteAllText(Path.Combine(folder, "good.cfg"), "name = \"good\"\nkernel = \"k\"\n");
                Assert.Contains(new DomainRegistry(folder, folder).List(), static domain => domain.Name == "good");
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>As long as a file may be, and of what would take longest if anything took more than its length.</summary>
    [Theory]
    [InlineData("a+=\"x\"\n", "")]
    [InlineData("a+=[1]\n", "")]
    [InlineData("cdrom,", "disk=['")]
    [InlineData("format=raw,", "disk=['")]
    [InlineData("tap:", "disk=['")]
    [InlineData("rate=1B/s,", "vif=['")]
    [InlineData("1,", "cpus=['")]
    [InlineData("[", "disk=")]
    [InlineData("a;", "")]
    [InlineData("\\x41", "name=\"")]
    public void The_longest_texts_are_answered_in_time(string part, string before)
    {
        string text = before + string.Concat(Enumerable.Repeat(part, (ConfigDocument.MostBytes - before.Length - 2) / part.Length)) + (before.EndsWith('\'') ? "']" : "");
        Fuzzer.Run(1, _ => ReadGuest(text));
    }

    private static string Spoilt(Random random, string text) => new TextMutator(random, ConfigCorpus.Words).Spoil(text);

    private static string Any(Random random, string[] texts) => texts[random.Next(texts.Length)];

    private static void ReadGuest(string text) => Answer(() =>
    {
        var config = DomainConfigReader.Read("f", ConfigDocument.Parse("f", text), new ToolDefaults(), out _);
        Assert.InRange(config.Vcpus, 1, config.MaximumVcpus);
        Assert.InRange(config.MaximumVcpus, 1, DomainConfig.MostVcpus);
        Assert.InRange(config.Memory, 1024u, config.MaximumMemory);
        Assert.Equal(config.Disks.Count, config.Disks.Select(static disk => disk.Device).Distinct().Count());
        JsonDocument.Parse(ConfigJson.Write(config, Guid.Empty, new ToolDefaults())).Dispose();
    });

    private static void Answer(Action read)
    {
        try
        {
            read();
        }
        catch (ConfigException exception)
        {
            Assert.Contains(exception.Problems, static problem => !problem.IsWarning);
            Assert.All(exception.Problems, static problem => Assert.True(problem.At.Line > 0 && problem.At.Column > 0 && problem.What.Length > 0));
        }
    }

    private static void ReadDisk(string text)
    {
        var disk = DiskParser.Parse(text, out string problem);
        Assert.True(disk is null == problem.Length > 0);
        if (disk is not null)
        {
            Assert.True(disk.Device.Number >= 0 && disk.Name.Length > 0 && disk.Target.Length > 0 == (disk.Format != DiskFormat.Empty));
        }
    }

    private static void ReadCard(string text)
    {
        var card = VifParser.Parse(text, new VifSpec(), out string problem);
        Assert.True(card is null == problem.Length > 0);
        if (card is not null)
        {
            Assert.True(card.Number is null or (>= 0 and <= 65535) && card.Mtu is null or (>= 68 and <= 65535));
            Assert.True(card.Rate is null or { Microseconds: > 0, Bytes: <= uint.MaxValue });
        }
    }

    private static void ReadChannel(string text)
    {
        var channel = ChannelParser.Parse(text, out string problem);
        Assert.True(channel is null == problem.Length > 0);
        Assert.True(channel is null || (channel.Name.Length > 0 && (channel.IsTerminal || channel.SocketPath[0] == '/')));
    }

    private static void ReadScreen(string text)
    {
        var screen = ScreenParser.Parse(text, out string problem);
        Assert.True(screen is null == problem.Length > 0);
        Assert.True(screen is null || (screen.Display is >= 0 and <= 65535 - ScreenSpec.FirstPort && screen.Password.Length <= 8));
    }

    private static void ReadCpus(string text)
    {
        var list = CpuList.Parse(text, out string problem);
        Assert.True(list is null == problem.Length > 0);
        if (list is not null)
        {
            Assert.InRange(list.Resolve(Cpus, static cpu => cpu / 4).Population, 0, Cpus);
        }
    }

    private static void ReadXendomains(string text)
    {
        var settings = AutostartSettings.Read(text.Split('\n'));
        Assert.True(settings.Patience >= TimeSpan.Zero && settings.Pause >= TimeSpan.Zero);
    }

    private static void ReadBootChoice(byte[] output) => Assert.True(BootChoice.Parse(output) is null or { Kernel.Length: > 0 });
}
