using System;
using CsCheck;
using Sharpen.Toolstack.Config;
using Xunit;

namespace Sharpen.ToolsTests.Toolstack.Config;

/// <summary>Whatever a file says, it is answered by a configuration or by problems, never by any other exception.</summary>
public sealed class ConfigFuzzTests
{
    private const string Sample = """
        name = "web"; kernel = '/boot/vmlinuz'
        memory = 512
        vcpus = 4
        cpus = ["0-3,^2", "nodes:1"]
        disk = [ 'file:/srv/a.img,xvda,w', 'format=raw, vdev=hdc, access=ro, devtype=cdrom, target=/b,c' ]
        vif = [ 'mac=00:16:3e:01:02:03,bridge=br0,rate=10Mb/s@20ms', '' ]
        on_crash = "coredump-destroy"
        extra += " quiet"
        """;

    private static readonly Gen<string> s_scrambled = Gen.Select(Gen.Int[0, Sample.Length - 1], Gen.Int[0, 20], Gen.String[Gen.Char[" \t\n#;=+[],'\"\\:@^-x019azé\0"], 0, 12],
        static (at, cut, put) => string.Concat(Sample.AsSpan(0, at), put, Sample.AsSpan(Math.Min(Sample.Length, at + cut))));

    [Fact]
    public void Scrambled_configurations_are_answered() => s_scrambled.Sample(Read, iter: 20_000);

    [Fact]
    public void Noise_is_answered() => Gen.String.Sample(Read, iter: 10_000);

    [Fact]
    public void Disks_and_cards_of_noise_are_answered() => Gen.String[Gen.Char["abdehkopqrstvwxy0123456789,:=/. "], 0, 60].Sample(static text =>
    {
        Assert.True(DiskParser.Parse(text, out string problem) is not null || problem.Length > 0);
        Assert.True(VifParser.Parse(text, new VifSpec(), out problem) is not null || problem.Length > 0);
        Assert.True(CpuList.Parse(text, out problem)?.Resolve(8, static cpu => cpu / 4) is not null || problem.Length > 0);
        _ = VifRate.TryParse(text, out _);
    }, iter: 20_000);

    [Fact]
    public void A_disks_number_is_that_of_its_name() => Gen.Int[0, int.MaxValue].Sample(static number =>
    {
        var disk = new VirtualDisk(number);
        Assert.True(VirtualDisk.TryParse(disk.ToString(), out var same), disk.ToString());
        Assert.Equal(disk.ToString(), same.ToString());
    });

    private static void Read(string text)
    {
        var document = ConfigDocument.Parse("f", text);
        try
        {
            _ = DomainConfigReader.Read("f", document, new ToolDefaults(), out _);
        }
        catch (ConfigException exception)
        {
            Assert.Contains(exception.Problems, static problem => !problem.IsWarning);
            Assert.All(exception.Problems, static problem => Assert.True(problem.At.Line > 0 && problem.What.Length > 0));
        }
    }
}
