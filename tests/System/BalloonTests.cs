using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>A guest's memory by its balloon.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class BalloonTests
{
    private const int Cycles = 50;

    [Fact]
    public async Task Fifty_times_down_and_up_comes_to_the_exact_frame()
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            "--tools ours --lab --kernel unpacked --smp 2 --mem 3G",
            $$"""
            source /lab/console.sh
            memory() { xl list --json debian | sed -n 's/.*"memory_kib": \([0-9]*\).*/\1/p'; }
            xl create -q /lab/debian.cfg memory=192 || exit 1
            attach debian; await "$prompt"; detach
            full=$(memory)
            reach() {
                local turn
                xl mem-set debian "$1"
                for ((turn = 0; turn < 600; turn++)); do [ "$(memory)" = "$2" ] && return; sleep 0.1; done
                echo "failed: $1 came to $(memory) KiB, not $2"; exit 1
            }
            free() { xl debug-keys m; xl dmesg | grep 'heap:' | tail -n 1 | sed 's/.*heap/heap/'; }
            echo '== cycles'
            for ((cycle = 1; cycle <= {{Cycles}}; cycle++)); do
                reach 120 $((full - 73728))
                reach 192 "$full"
                echo "$(free)"
            done
            echo '== end'
            xl shutdown -w debian
            """);
        run.AssertWell();
        string[] free = run.Section("cycles");
        Assert.Equal(Cycles, free.Length);
        Assert.Single(free.Distinct());
    }
}
