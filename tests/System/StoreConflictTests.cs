using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>
/// Many that ask our store at once through the ring of dom0's kernel, and count in the same node by transactions that conflict: no count is
/// lost, nobody starves, and it takes no more than a third of what Debian's daemon takes (<c>bench/store</c>; instructions, which repeat).
/// </summary>
public sealed class StoreConflictTests
{
    private const string GuestCommand = """
        xenstore-write /counter '0 0'; xenstore-chmod /counter b0
        create() { printf 'name = "counter%d"\nkernel = "/bench/counter.elf"\nmemory = 8\nextra = "rounds=4"\n' "$1" >/tmp/counter.cfg; xl create -q /tmp/counter.cfg; }
        for ((number = 1; number <= 64; number++)); do create $number || echo "failed: create $number"; done
        echo '== created'; xl list | wc -l
        xenstore-write /go ''; xenstore-chmod /go r0
        for ((tries = 0; tries < 600; tries++)); do [ "$(xl list | wc -l)" = 2 ] && break; sleep 0.1; done
        echo '== counted'; xl list | tail -n +3; xenstore-read /counter
        echo '== end'
        """;

    private const int Clients = 64;
    private const int Turns = 4;
    private const long ReadOfDebian = 68_691;
    private const long WriteOfDebian = 71_534;
    private const long TransactionOfDebian = 9_546_720;

    [ToolsFact("xenstored")]
    [Trait(Tier.Name, Tier.All)]
    public async Task Sixty_four_count_by_one_ring_and_none_starves()
    {
        using ClientProgram program = await ClientProgram.CompileAsync("bench/programs/store.c");
        Dom0Run run = await Dom0Run.ExecAsync(
            $"--tools xenstored --kernel unpacked --icount --smp 1 --mem 1G --dom0-mem 512M --add {program.File}:/bench/store",
            $"/bench/store /dev/xen/xenbus {Clients} {Turns}");
        run.AssertWell();
        Dictionary<string, long> figures = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Trim().Split('='))
            .ToDictionary(static words => words[0], static words => long.Parse(words[1], CultureInfo.InvariantCulture));
        // And once more by one alone.
        Assert.Equal((Clients * Turns) + 1, figures["counted"]);
        Assert.InRange(figures["conflict-tries"], Clients * Turns, Clients * Turns * 2);
        Assert.InRange(figures["conflict-most"], 1, 6);
        Assert.InRange(figures["reads"], 1, ReadOfDebian / 3);
        Assert.InRange(figures["writes"], 1, WriteOfDebian / 3);
        Assert.InRange(figures["conflict"], 1, TransactionOfDebian / 3);
    }

    [ToolsFact("xl", "xenstored", "xenconsoled")]
    [Trait(Tier.Name, Tier.All)]
    public async Task Sixty_four_guests_count_each_by_its_own_ring_and_none_starves()
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            "--tools ours --kernel unpacked --icount --smp 1 --add out/guests/counter.elf:/bench/counter.elf", GuestCommand, seconds: 1800);
        run.AssertWell();
        Assert.Equal(["66"], run.Section("created"));
        string[] words = Assert.Single(run.Section("counted")).Split(' ');
        Assert.Equal($"{Clients * Turns}", words[0]);
        Assert.InRange(int.Parse(words[1], CultureInfo.InvariantCulture), 1, 6);
    }
}
