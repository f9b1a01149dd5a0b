using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>What a stock Debian dom0 on four CPUs finds, on ours as on real Xen.</summary>
public abstract partial class Dom0Facts(Dom0Run run)
{
    [Fact]
    public void The_command_ends_and_dom0_switches_the_machine_off() => run.AssertWell();

    [Fact]
    public void The_kernel_is_debians_on_four_cpus()
    {
        Assert.Matches(@"^Linux dom0 6\.1\.\d.* Debian 6\.1\.", Assert.Single(run.Section("uname")));
        Assert.Equal(["4"], run.Section("nproc"));
        Assert.Equal(["xen"], run.Section("clock"));
    }

    [Fact]
    public void It_knows_that_it_runs_on_xen_4_17()
    {
        Assert.Equal(["xen"], run.Section("type"));
        Assert.Equal(["4"], run.Section("version/major"));
        Assert.Equal(["17"], run.Section("version/minor"));
        Assert.Equal(["PV"], run.Section("guest_type"));
        Assert.Equal(["ffff800000000000"], run.Section("properties/virtual_start"));
        Assert.Contains("xen-3.0-x86_64", Assert.Single(run.Section("properties/capabilities")));
    }

    [Fact]
    public void Every_cpu_gets_its_timer_and_its_calls()
    {
        string[] interrupts = run.Section("interrupts");
        for (int cpu = 0; cpu < 4; cpu++)
        {
            Assert.True(Count(interrupts, $@"-virq +timer{cpu}$")[cpu] > 0, $"no timer interrupt on CPU {cpu}\n{run}");
            Assert.True(Count(interrupts, $@"-ipi +callfuncsingle{cpu}$")[cpu] > 0, $"no call on CPU {cpu}\n{run}");
        }

        Assert.Contains(interrupts, line => Regex.IsMatch(line, "xen-pirq +-ioapic-level +acpi"));
    }

    [Fact]
    public void The_kernel_warns_of_nothing_that_real_xen_does_not_cause() => Assert.Empty(Dom0Run.Unexpected(run.Section("warnings")));

    [Fact]
    public void Xl_info_tells_of_this_host()
    {
        string[] info = run.Section("xl info");
        Assert.Equal("4", Value(info, "nr_cpus"));
        Assert.Equal("4", Value(info, "xen_major"));
        Assert.Equal("17", Value(info, "xen_minor"));
        Assert.Equal("4096", Value(info, "xen_pagesize"));
        Assert.InRange(Number(Value(info, "total_memory")), 2040, 2048);
        Assert.InRange(Number(Value(info, "free_memory")), 900, 1024);
        Assert.Contains("dom0_mem=1G", Value(info, "xen_commandline"));
        Assert.Matches("credit2|null", Value(info, "xen_scheduler"));
    }

    [Fact]
    public void The_kernel_is_told_of_the_screen() => Assert.Contains(run.Section("screen"), line => line.EndsWith("Console: colour VGA+ 80x25", System.StringComparison.Ordinal));

    [Fact]
    public void Xl_list_shows_domain_0()
    {
        string[] list = run.Section("xl list");
        Assert.Equal(2, list.Length);
        Assert.Matches(@"^Domain-0 +0 +1024 +4 +r-----", list[1]);
    }

    [Fact]
    public void Xl_vcpu_list_shows_four_vcpus()
    {
        string[] vcpus = run.Section("xl vcpu-list");
        Assert.Equal(["0", "1", "2", "3"], vcpus.Skip(1).Select(line => line.Split(' ', System.StringSplitOptions.RemoveEmptyEntries)[2]));
    }

    [Fact]
    public void Xl_dmesg_shows_the_hypervisors_log() => Assert.Contains(run.Section("xl dmesg"), line => line.Contains("Brought up 4 CPUs"));

    [Fact]
    public void The_store_knows_domain_0()
    {
        string[] store = run.Section("xenstore-ls");
        Assert.Contains("   name = \"Domain-0\"", store);
        Assert.Contains("   domid = \"0\"", store);
    }

    [Fact]
    public void Xen_cpuid_prints_the_feature_sets()
    {
        string[] sets = run.Section("xen-cpuid");
        Assert.Contains(sets, line => line.StartsWith("nr_features:", System.StringComparison.Ordinal));
        Assert.Contains(sets, line => Regex.IsMatch(line, "^PV Max +[0-9a-f]{8}:"));
    }

    private static string Value(string[] lines, string name) =>
        lines.Where(line => line.Split(':')[0].Trim() == name).Select(line => line.Split(':', 2)[1].Trim()).Single();

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The counts of the one line of /proc/interrupts that ends so, one of each CPU.</summary>
    private static long[] Count(string[] interrupts, string ending) =>
        [.. Columns().Match(interrupts.Single(line => Regex.IsMatch(line, ending))).Groups[1].Captures.Select(count => Number(count.Value))];

    [GeneratedRegex(@"^ *\w+:(?: +(\d+)\b)+")]
    private static partial Regex Columns();
}
