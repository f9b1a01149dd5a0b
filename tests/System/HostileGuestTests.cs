using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>Guests that flood or misuse the rings they share with our daemons: dom0's tools and other guests go on, and nothing grows without end.</summary>
public sealed class HostileGuestTests
{
    private const string Command = """
        modprobe -q virtio_blk; cat /dev/vda >/tmp/vandal.elf
        create() { printf 'name = "%s"\nkernel = "/tmp/vandal.elf"\nmemory = 8\nextra = "deed=%s"\n' "$1" "$2" >"/tmp/$1.cfg"; xl create -q "/tmp/$1.cfg"; }
        memory() { for name in xenstored xenconsoled; do sed -n "s/^VmRSS:[[:space:]]*\([0-9]*\) kB/$name \1/p" /proc/$(cat /run/xen/$name.pid)/status; done; }
        create warm 9; xl destroy warm
        echo '== before'; memory; xenstore-ls / | wc -l
        for deed in 0 1 2 3 4; do create "vandal$deed" "$deed" || echo "failed: create $deed"; done
        echo '== alive'
        for ((count = 1; count <= 50; count++)); do xenstore-write /alive $count || echo "failed: write $count"; done
        xenstore-read /alive
        create late 9 && xl list late >/dev/null && xl destroy late && echo made and destroyed
        echo '== console'; timeout 5 xl console vandal0 </dev/null 2>/dev/null | head -c 4096 | tr -d '\r' | grep -c '^v*$'
        echo '== during'; memory
        echo '== running'; xl list
        for deed in 0 1 2 3 4; do xl destroy "vandal$deed" || echo "failed: destroy $deed"; done
        echo '== after'; xenstore-rm /alive; xenstore-ls / | wc -l
        echo '== daemons'; pidof xenstored xenconsoled | wc -w
        echo '== end'
        """;

    [ToolsFact("xl", "xenstored", "xenconsoled")]
    [Trait(Tier.Name, Tier.All)]
    public async Task They_stop_and_slow_nobody()
    {
        Dom0Run run = await Dom0Run.ExecAsync("--tools ours --kernel unpacked --smp 2 --disk out/guests/vandal.elf", Command);
        run.AssertWell();
        Assert.False(run.Output.Contains("failed:"), run.ToString());
        Assert.Equal(["50", "made and destroyed"], run.Section("alive"));
        Assert.Equal(7, run.Section("running").Length);
        Assert.NotEqual("0", run.Section("console").Single());
        Assert.Equal(run.Section("before").Last(), run.Section("after").Last());
        Assert.Equal("2", run.Section("daemons").Single());
        foreach (string line in run.Section("during"))
        {
            Assert.InRange(int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture), 1000, 64 << 10);
        }
    }
}
