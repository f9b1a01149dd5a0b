using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>Our daemons, killed, started again and put in each other's place while guests talk to them; logs that are put aside.</summary>
public sealed class DaemonTests
{
    private const string Command = """
        modprobe -q virtio_blk; cat /dev/vda >/tmp/vandal.elf
        consoled() { xenconsoled --pid-file=/run/xen/xenconsoled.pid --log=guest --log-dir=/tmp/log --log-size=65536 --log-keep=2; }
        create() { printf 'name = "%s"\nkernel = "/tmp/vandal.elf"\nmemory = 8\nextra = "deed=%s"\n' "$1" "$2" >"/tmp/$1.cfg"; xl create -q "/tmp/$1.cfg"; }
        talks() { for ((tries = 0; tries < 100; tries++)); do [ -s /tmp/log/guest-talker.log ] && return; sleep 0.1; done; echo "failed: no log"; }
        shows() { timeout 60 xl console talker </dev/null 2>/dev/null | tr -d '\r' | grep -m 1 '^v*$' >/dev/null || echo "failed: no console"; }
        asks() { xenstore-rm "$data"; for ((tries = 0; tries < 100; tries++)); do xenstore-exists "$data" && return; sleep 0.1; done; echo "failed: no store"; }
        kill $(cat /run/xen/xenconsoled.pid); while pidof xenconsoled >/dev/null; do sleep 0.1; done
        consoled; create talker 0; create asker 2
        data=/local/domain/$(xl domid asker)/data/vandal
        echo '== logs'; for ((tries = 0; tries < 100; tries++)); do [ -e /tmp/log/guest-talker.log.2 ] && break; sleep 0.1; done
        talks; ls /tmp/log; find /tmp/log -size +70k
        echo '== moved'; mv /tmp/log/guest-talker.log /tmp/log/moved; kill -HUP $(cat /run/xen/xenconsoled.pid); talks; shows
        echo '== console killed'; kill -9 $(cat /run/xen/xenconsoled.pid); rm -f /tmp/log/*; sleep 0.5; consoled; talks; shows
        echo '== store'; asks
        echo '== store replaced'; before=$(pidof xenstored); xenstore-control live-update $(command -v xenstored); asks; [ "$before" = "$(pidof xenstored)" ] || echo "failed: another process"
        tr '\0' ' ' </proc/$before/cmdline; echo
        shows; create late 0; xl destroy late
        echo '== store killed'; kill -9 $(pidof xenstored); xenstored --pid-file /run/xen/xenstored.pid; asks; shows
        create late 0; xl list | wc -l
        for guest in talker asker late; do xl destroy $guest; done
        echo '== left'; xl list | wc -l; xenstore-list /local/domain
        echo '== end'
        """;

    private const string SizeCommand = """
        printf 'name = "sized"\nkernel = "/bench/guest.elf"\nmemory = 8\n' >/tmp/sized.cfg; xl create -q /tmp/sized.cfg
        size=/local/domain/$(xl domid sized)/console/size
        becomes() { for ((tries = 0; tries < 300; tries++)); do [ "$(xenstore-read $size 2>/dev/null)" = "$1" ] && return; sleep 0.1; done; echo "failed: not $1"; }
        mkfifo /tmp/keys; /bench/terminal 40 100 xl console sized </tmp/keys >/tmp/shown & terminal=$!; exec 9>/tmp/keys
        becomes '40 100'
        echo '50 132' >&9; becomes '50 132'
        stty size <"$(xenstore-read ${size%/*}/tty)"
        xenstore-ls -p ${size%/*} | grep '^size'
        exec 9>&-; wait $terminal; echo "left with $?"
        xl console sized </dev/null >/dev/null 2>&1; becomes '50 132'
        xl destroy sized; xenstore-ls /local/domain | grep -c size
        """;

    [ToolsFact("xl", "xenstored", "xenconsoled")]
    [Trait(Tier.Name, Tier.All)]
    public async Task A_guest_may_read_how_much_the_terminal_at_its_console_shows()
    {
        using ClientProgram terminal = await ClientProgram.CompileAsync("tests/System/Console/terminal.c");
        Dom0Run run = await Dom0Run.ExecAsync(
            $"--tools ours --kernel unpacked --add out/guests/endlessloop.elf:/bench/guest.elf --add {terminal.File}:/bench/terminal", $"echo '== size'; {SizeCommand}\ntrue");
        run.AssertWell();
        string[] lines = run.Section("size");
        Assert.Equal("50 132", lines[0]);
        Assert.Matches("""^size = "50 132".*\(n0,r[0-9]+\)""", lines[1]);
        Assert.Equal(["left with 0", "0"], lines[2..]);
    }

    [ToolsFact("xl", "xenstored", "xenconsoled")]
    [Trait(Tier.Name, Tier.All)]
    public async Task They_may_be_killed_and_replaced_while_guests_talk()
    {
        Dom0Run run = await Dom0Run.ExecAsync("--tools ours --kernel unpacked --smp 2 --disk out/guests/vandal.elf", Command);
        run.AssertWell();
        Assert.False(run.Output.Contains("failed:"), run.ToString());
        // The one in use may have been put aside a moment ago.
        Assert.Equal(["guest-talker.log.1", "guest-talker.log.2"], run.Section("logs").Where(static line => line.StartsWith("guest-talker.log.", System.StringComparison.Ordinal)));
        Assert.DoesNotContain(run.Section("logs"), static line => line.StartsWith('/'));
        Assert.StartsWith("/usr/local/sbin/xenstored ", run.Section("store replaced").First());
        Assert.Equal("5", run.Section("store killed").Last());
        Assert.Equal(["2", "0"], run.Section("left"));
    }
}
