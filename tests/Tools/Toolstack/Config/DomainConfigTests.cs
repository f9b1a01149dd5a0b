using System;
using System.Linq;
using Sharpen.Toolstack.Config;
using Xunit;

namespace Sharpen.ToolsTests.Toolstack.Config;

public sealed class DomainConfigTests
{
    private const string Least = "name = 'web'\nkernel = '/k'\n";

    [Fact]
    public void A_whole_configuration_is_understood()
    {
        var config = Read(Least + """
            memory = 256
            maxmem = 512
            vcpus = 2
            maxvcpus = 512
            root = "/dev/xvda"
            extra = "ro quiet"
            on_reboot = "rename-restart"
            uuid = "9c3338c4-e6a9-11f1-9fcf-653e0ff334d6"
            cpus = "2-3"
            disk = [ '/dev/vg/web,raw,xvda,rw' ]
            vif = [ 'bridge=br1', '' ]
            tsc_mode = "native"
            """);

        Assert.Equal(("web", 256u * 1024, 512u * 1024, 2, 512), (config.Name, (uint)config.Memory, (uint)config.MaximumMemory, config.Vcpus, config.MaximumVcpus));
        Assert.Equal("root=/dev/xvda ro quiet", config.CommandLine);
        Assert.Equal(EventAction.RenameRestart, config.OnReboot);
        Assert.Equal(EventAction.Destroy, config.OnCrash);
        Assert.Equal(new Guid("9c3338c4-e6a9-11f1-9fcf-653e0ff334d6"), config.Uuid);
        Assert.Equal("/dev/vg/web", Assert.Single(config.Disks).Target);
        Assert.Equal(["br1", "xenbr0"], config.Vifs.Select(static vif => vif.Bridge));
        Assert.Equal(2, config.TscMode);
    }

    [Theory]
    [InlineData("memroy = 3", "f:3:1: unknown key 'memroy': did you mean 'memory'?")]
    [InlineData("frobnicate_everything = 3", "f:3:1: unknown key 'frobnicate_everything': xl.cfg(5) lists all keys")]
    [InlineData("memory = 'much'", "f:3:10: 'memory' is no number: write memory = 1, without a unit")]
    [InlineData("vcpus = 513", "f:3:9: 'vcpus' is 513: the most is 512")]
    [InlineData("vcpus = 4\nmaxvcpus = 2", "f:4:1: maxvcpus (2) is less than vcpus (4): raise maxvcpus")]
    [InlineData("type = 'hvm'", "f:3:1: this toolstack makes PV guests, not 'hvm': write type = \"pv\"")]
    [InlineData("pci = ['01:00.0']", "f:3:1: this toolstack cannot do 'pci': take the line out")]
    [InlineData("on_crash = 'explode'", "f:3:1: 'explode' is nothing that can be done with a domain: one of destroy, restart, rename-restart, preserve, coredump-destroy, coredump-restart, soft-reset")]
    [InlineData("cpus = '3-1'", "f:3:8: '3-1' of '3-1' is no CPU, range or node")]
    [InlineData("disk = ['/a,raw,xvda,w', '/b,raw,xvda,w']", "f:3:26: there are two disks 'xvda'")]
    [InlineData("vif = ['brigde=x']", "f:3:8: a network card has no 'brigde', did you mean 'bridge'?")]
    public void A_fault_is_told_with_place_and_way_out(string line, string expected)
    {
        var exception = Assert.Throws<ConfigException>(() => Read(Least + line));
        Assert.Equal(expected, Assert.Single(exception.Problems).ToString());
    }

    [Fact]
    public void Keys_of_other_guests_and_empty_lists_change_nothing() => _ = Read(Least + "acpi = 1\npci = []\nhap=1\ndevice_model_version='qemu-xen'");

    [Fact]
    public void A_retired_key_is_a_warning()
    {
        var document = ConfigDocument.Parse("f", Least + "netif = 1");
        _ = DomainConfigReader.Read("f", document, new ToolDefaults(), out var warnings);
        Assert.Equal("f:3:1: warning: 'netif' is ignored: write driver_domain", Assert.Single(warnings).ToString());
    }

    [Theory]
    [InlineData("/root/image.iso,,hdc,cdrom", "/root/image.iso", "hdc", true)]
    [InlineData("/root/image.iso,raw,hdc,devtype=cdrom", "/root/image.iso", "hdc", true)]
    [InlineData("format=raw, vdev=hdc, access=ro, devtype=cdrom, target=/root/image.iso", "/root/image.iso", "hdc", true)]
    [InlineData("raw:/root/image.iso,hdc:cdrom,ro", "/root/image.iso", "hdc", true)]
    [InlineData("phy:/dev/vg/guest,hda,w", "/dev/vg/guest", "hda", false)]
    [InlineData("vg/guest,,hda", "/dev/vg/guest", "hda", false)]
    [InlineData("tap:aio:/srv/a.img,xvdb,r", "/srv/a.img", "xvdb", true)]
    [InlineData("vdev=xvda,target=/srv/a,b=c.img", "/srv/a,b=c.img", "xvda", false)]
    public void Disks_are_written_in_many_ways(string text, string target, string name, bool readOnly)
    {
        var disk = DiskParser.Parse(text, out string problem);
        Assert.Equal("", problem);
        Assert.Equal((target, name, readOnly), (disk!.Target, disk.Name, disk.IsReadOnly));
    }

    [Theory]
    [InlineData("xvda", 51712)]
    [InlineData("xvdb3", 51731)]
    [InlineData("xvdq", 268439552)]
    [InlineData("xvdaa", 268442112)]
    [InlineData("sda1", 2049)]
    [InlineData("hda", 768)]
    [InlineData("hdd", 5696)]
    [InlineData("d0p1", 51713)]
    [InlineData("51712", 51712)]
    [InlineData("0xca00", 51712)]
    public void Disks_have_the_numbers_of_the_interface(string name, int number)
    {
        Assert.True(VirtualDisk.TryParse(name, out var disk));
        Assert.Equal(number, disk.Number);
    }

    [Theory]
    [InlineData("10Mb/s", 62500, 50_000)]
    [InlineData("250KB/s", 12500, 50_000)]
    [InlineData("1MB/s@20ms", 20000, 20_000)]
    public void Rates_are_credit_for_an_interval(string text, uint bytes, uint interval)
    {
        Assert.True(VifRate.TryParse(text, out var rate));
        Assert.Equal((bytes, interval), ((uint)rate.Bytes, rate.Microseconds));
    }

    [Theory]
    [InlineData("all", "all")]
    [InlineData("0-3,5,^1", "0,2-3,5")]
    [InlineData("all,^7", "0-6")]
    [InlineData("nodes:0-1,^node:1", "0-3")]
    [InlineData("1,node:1,^6", "1,4-5,7")]
    [InlineData("99", "none")]
    public void Cpu_lists_mean_cpus_of_the_host(string text, string expected) =>
        Assert.Equal(expected, CpuList.Parse(text, out _)!.Resolve(8, static cpu => cpu / 4).ToString());

    [Fact]
    public void Xl_conf_is_understood()
    {
        var defaults = ToolDefaultsReader.Read(ConfigDocument.Parse("xl.conf", "autoballoon=\"off\"\nvif.default.bridge=\"br9\"\nclaim_mode=0\nvm.pv.cpumask=\"0-1\"\nlockfle='x'"), out var warnings);
        Assert.Equal((false, "br9", false), (defaults.Autoballoon, defaults.Vif.Bridge, defaults.ClaimsMemory));
        Assert.Equal("0-1", defaults.PvMask!.Text);
        Assert.Equal("xl.conf:5:1: warning: unknown key 'lockfle': did you mean 'lockfile'?", Assert.Single(warnings).ToString());
    }

    private static DomainConfig Read(string text) => DomainConfigReader.Read("f", ConfigDocument.Parse("f", text), new ToolDefaults(), out _);
}
