using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>Five hundred domains at once, made and ended by our tools: what one costs among many, and what is left of them.</summary>
/// <remarks>
/// The machine counts instructions as nanoseconds of its clock, so the costs repeat on any host. Pools of the hypervisor keep the room that the
/// most domains at once took; that it is used again shows in a second filling.
/// </remarks>
[Trait(Tier.Name, Tier.All)]
public sealed class FiveHundredTests
{
    private const int Domains = 500;
    private const int Again = 60;
    private const int FramesKeptOfEach = 8;

    private const string Command = """
        printf 'kernel = "/root/guest.elf"\nmemory = 2\n' >/root/g.cfg
        nodes() { xenstore-ls -f / | grep -v domid | wc -l; }
        look() {
            echo "nodes $(nodes)"
            echo "ports $(/usr/lib/xen-4.17/bin/lsevtchn 0 | wc -l)"
            echo "processes $(cat /proc/[0-9]*/comm 2>/dev/null | grep -cE '^(xl|xenstored|xenconsoled)')"
            for daemon in xenstored xenconsoled; do echo "$daemon $(ls /proc/$(cat /run/xen/$daemon.pid)/fd | wc -l)"; done
            echo "files $(find /run/xen /var/lib/xen /var/log/xen -type f ! -name '*.log' | wc -l)"
            xl debug-keys m; xl dmesg | grep 'heap:' | tail -n 1 | sed 's/.*heap/heap/'
        }
        # timed NAME NUMBER COMMAND...
        timed() {
            local start=${EPOCHREALTIME/./}
            "${@:3}" </dev/null || { echo "failed: $*"; exit 1; }
            costs+=("$1 $2 $((${EPOCHREALTIME/./} - start))")
        }
        create() { timed create "$1" xl create -p -q /root/g.cfg "name='g$1'"; }
        destroy() { timed destroy "$1" xl destroy "g$1"; }
        for turn in 1 2 3; do create 0; destroy 0; done
        costs=()
        sleep 3; echo '== before'; look
        fill() { for ((guest = 1; guest <= $1; guest++)); do create $guest; done; }
        empty() { for ((guest = $1; guest > 0; guest--)); do destroy $guest; done; }
        fill DOMAINS
        echo '== full'; xl list | wc -l; look
        empty DOMAINS
        sleep 3; echo '== after'; look
        echo '== costs'; printf '%s\n' "${costs[@]}"
        fill AGAIN; empty AGAIN
        sleep 3; echo '== again'; look
        echo '== end'; xl list
        """;

    [ToolsFact("xl", "xenstored", "xenconsoled")]
    public async Task They_leave_nothing_and_the_last_costs_about_what_the_first_did()
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            "--tools ours --icount --kernel unpacked --smp 1 --mem 5G --dom0-mem 3G --add out/guests/hello.elf:/root/guest.elf",
            Command.Replace("DOMAINS", $"{Domains}", StringComparison.Ordinal).Replace("AGAIN", $"{Again}", StringComparison.Ordinal),
            seconds: 1800);
        run.AssertWell();
        Assert.Equal($"{Domains + 2}", run.Section("full")[0]);
        Assert.Equal(WithoutHeap(run, "before"), WithoutHeap(run, "after"));
        Assert.InRange(UsedFrames(run, "after") - UsedFrames(run, "before"), 0, FramesKeptOfEach * Domains);
        Assert.Equal(run.Section("after"), run.Section("again"));
        Assert.Equal(2, run.Section("end").Length);
        foreach (string step in new[] { "create", "destroy" })
        {
            double few = Mean(run, step, 11, 30), many = Mean(run, step, Domains - 19, Domains);
            Assert.True(many < 2 * few, $"{step}: {few} us with 20 domains, {many} us with {Domains}\n{run}");
        }
    }

    private static string[] WithoutHeap(Dom0Run run, string section) => [.. run.Section(section).Where(static line => !line.StartsWith("heap:", StringComparison.Ordinal))];

    private static long UsedFrames(Dom0Run run, string section) =>
        long.Parse(Regex.Match(string.Join('\n', run.Section(section)), @"heap: \d+ frames, (\d+) used").Groups[1].Value, CultureInfo.InvariantCulture);

    private static double Mean(Dom0Run run, string step, int first, int last) =>
        run.Section("costs").Select(static line => Regex.Match(line, @"^(\w+) (\d+) (\d+)$"))
            .Where(match => match.Groups[1].Value == step && int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) is int number && number >= first && number <= last)
            .Average(static match => int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture));
}
