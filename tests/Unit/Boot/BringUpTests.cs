using System;
using System.Linq;
using Sharpen.Machine.Simulation;
using Sharpen.Unit.Acpi;
using Sharpen.Unit.Boot.Loader;
using Xunit;

namespace Sharpen.Unit.Boot;

/// <summary>The whole bring-up: what a healthy host says, and how each fault ends in a message that names it or in working without.</summary>
public sealed class BringUpTests : IDisposable
{
    private readonly HostWorld _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_healthy_host_comes_up_without_a_warning()
    {
        _host.CommandLine = "loglvl=warning";
        Assert.True(_host.Start());
        Assert.Equal(2, _host.Lines.Length);    // banner and command line, from before the option was read
    }

    [Fact]
    public void A_healthy_host_says_what_it_found()
    {
        Assert.True(_host.Start());
        Assert.Contains("(XEN) Brought up 2 CPUs", _host.Lines);
        Assert.Equal("(XEN) System RAM: 126MB (129660kB)", _host.Line("System RAM"));
        Assert.Contains("Platform timer is HPET", _host.Line("Platform timer"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_loader_that_nobody_knows_is_the_reason_to_stop()
    {
        _host.Machine.BootMagic = 0xcafebabe;
        Assert.False(BringUpRun.Start(_host.Machine));
        Assert.Equal("(XEN) The boot loader handed over nothing that Multiboot 1 or 2 describes. Halted.", _host.Lines[^1]);
    }

    [Theory]
    [InlineData(2, 0x100000, 0x8000000)]        // none is RAM
    [InlineData(1, 0x100001, 0xffe)]            // not a whole frame
    [InlineData(1, 0x4000_0000_0000, 0x100000)] // beyond what the CPU reaches
    [InlineData(1, 0, 0x100000)]                // only what the start itself needs
    [InlineData(1, 0x200000, 0x100000)]         // only what the image lies in
    public void Without_usable_memory_the_host_stops_and_says_so(uint kind, ulong start, ulong bytes)
    {
        _host.Map.Clear();
        _host.Map.Add((start, bytes, kind));
        Assert.False(_host.Start());
        Assert.StartsWith("(XEN) No usable memory", _host.Line("No usable memory"), StringComparison.Ordinal);
        Assert.Equal("(XEN) Cannot go on without memory. Halted.", _host.Lines[^1]);
    }

    [Fact]
    public void With_too_little_memory_the_host_stops_and_says_so()
    {
        _host.Map.Clear();
        _host.Map.Add((0x1000000, 0x1000, 1));
        Assert.False(_host.Start());
        Assert.Contains("Not enough memory below 4 GiB", _host.Lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_that_is_cut_off_costs_the_memory_behind_the_cut()
    {
        _host.Map.Clear();
        (uint type, byte[] whole) = LoaderImage.Map((0x100000, 0x7e00000, 1), (0x8000000, 0x8000000, 1));
        _host.Tags.Add((type, whole[..^20]));
        Assert.True(_host.Start());
        Assert.Equal("(XEN) System RAM: 126MB (129024kB)", _host.Line("System RAM"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(19)]
    [InlineData(0x1000)]
    [InlineData(-1)]
    public void A_map_of_absurd_stride_is_counted_and_the_basic_numbers_serve(int stride)
    {
        _host.Map.Clear();
        _host.Tags.Add((6, new BytesBuilder().U32(unchecked((uint)stride), 0).U64(0, 0x8000000).U32(1, 0).ToArray()));
        _host.Tags.Add((4, new BytesBuilder().U32(639, 0x10000).ToArray()));
        Assert.True(_host.Start());
        Assert.Equal("(XEN) boot loader: 1 entries too many or without sense, ignored", _host.Line("boot loader"));
        Assert.Equal("(XEN) System RAM: 64MB (66172kB)", _host.Line("System RAM"));
    }

    [Fact]
    public void Ranges_that_overlap_wrap_and_contradict_each_other_are_sorted_out()
    {
        _host.Map.AddRange([(0x1000000, ulong.MaxValue, 2), (0xffffffffffff0000, 0x20000, 1), (0x800000, 0x1000, 5), (0x100000, 0, 2), (0x600000, 0x800000, 99)]);
        Assert.True(_host.Start());
        Assert.Contains("(unusable)", string.Concat(_host.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void All_addresses_as_ram_are_used_as_far_as_the_host_reaches()
    {
        _host.Map.Add((0, ulong.MaxValue, 1));
        Assert.True(_host.Start());
        Assert.Contains("not used", _host.Line("not used"), StringComparison.Ordinal);
    }

    [Fact]
    public void More_ranges_than_fit_are_counted()
    {
        _host.Map.AddRange(Enumerable.Range(0, 2000).Select(i => (0x10000000UL + ((ulong)(uint)i * 0x4000), 0x2000UL, 1u)));
        Assert.True(_host.Start());
        Assert.StartsWith("(XEN) memory map:", _host.Line("ranges too many, ignored"), StringComparison.Ordinal);
        Assert.Contains("in too many pieces", _host.Line("not used"), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_modules_are_counted()
    {
        _host.Tags.AddRange(Enumerable.Range(0, 100).Select(i => LoaderImage.Module(0x400000 + ((uint)i * 0x1000), 0x400800 + ((uint)i * 0x1000), "domu")));
        Assert.True(_host.Start());
        Assert.Equal("(XEN) boot loader: 68 entries too many or without sense, ignored", _host.Line("boot loader"));
    }

    [Fact]
    public void Modules_that_leave_no_memory_are_the_reason_to_stop()
    {
        _host.Tags.Add(LoaderImage.Module(0x100000, 0xffffffff, "huge"));
        Assert.False(_host.Start());
        Assert.Equal("(XEN) No usable memory is left beside the image and the modules", _host.Lines[^2]);
    }

    [Fact]
    public void Options_that_are_unknown_or_malformed_are_named_and_ignored()
    {
        _host.CommandLine = "nonsense loglevel=all maxcpus=many console=vga,com1 -- tail";
        Assert.True(_host.Start());
        Assert.Equal("(XEN) command line:1: 'nonsense' is unknown. Ignored", _host.Line(":1:"));
        Assert.Contains("did you mean 'loglvl'", _host.Line(":10:"), StringComparison.Ordinal);
        Assert.Contains("'maxcpus=many'", _host.Line(":23:"), StringComparison.Ordinal);
        Assert.Contains("(XEN) Brought up 2 CPUs", _host.Lines);
    }

    [Fact]
    public void A_page_below_1_mib_is_needed_for_other_cpus_only()
    {
        _host.Map.RemoveAt(0);
        Assert.True(_host.Start());
        Assert.Equal("(XEN) No free page below 1 MiB: other CPUs cannot be started", _host.Line("1 MiB"));
        Assert.Contains("(XEN) Brought up 1 CPUs", _host.Lines);
    }

    [Fact]
    public void A_cpu_that_never_answers_is_named_and_left_out()
    {
        _host.Cpus = [.. Enumerable.Range(0, 4).Select(i => AcpiImage.LocalApic((byte)i, (byte)i))];
        _host.Machine.DeadCpus.Add(2);
        Assert.True(_host.Start());
        Assert.Contains("CPU with APIC id 2 did not start", _host.Line("APIC id"), StringComparison.Ordinal);
        Assert.Contains("(XEN) Brought up 3 CPUs", _host.Lines);
    }

    [Fact]
    public void Without_x2apic_mode_a_cpu_of_a_large_number_is_named_and_left_out()
    {
        _host.Machine.LacksX2Apic = true;
        _host.Cpus = [AcpiImage.LocalApic(0, 0), AcpiImage.X2Apic(1, 0x100), AcpiImage.X2Apic(2, 0xff), AcpiImage.X2Apic(3, 0xfe)];
        Assert.True(_host.Start());
        Assert.Contains("without x2APIC", _host.Line("APIC id 256"), StringComparison.Ordinal);
        Assert.Contains("without x2APIC", _host.Line("APIC id 255"), StringComparison.Ordinal);
        Assert.Contains("(XEN) Brought up 2 CPUs", _host.Lines);
    }

    [Fact]
    public void An_interrupt_controller_that_cannot_be_reached_is_named()
    {
        using HostWorld host = new(new SimulatedMachine { FrameLimit = 1UL << 19, DirectMapFrames = 1UL << 18 });
        Assert.True(host.Start());
        Assert.Equal("(XEN) I/O APIC 0 at 0xfec00000 does not answer: ignored", host.Line("I/O APIC"));
    }

    [Fact]
    public void A_controller_whose_numbers_run_past_the_last_is_survived()
    {
        _host.CommandLine = "loglvl=all";
        _host.Cpus?.Add(HostWorld.IoApic(0xfec01000, uint.MaxValue));
        Assert.True(_host.Start());
        Assert.Equal(2, _host.Lines.Count(line => line.Contains("I/O APIC", StringComparison.Ordinal)));
    }
}
