using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>What our xl does for devices beyond attaching them: disks that grow by themselves and are not used twice, channels, screens.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class XlDeviceTests
{
    private const string Lab = "--tools ours --smp 2 --mem 2G --kernel unpacked ";

    [Fact]
    public async Task A_disk_is_not_used_twice_where_one_writes()
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            Lab + "--add out/guests/endlessloop.elf:/root/guest.elf",
            """
            make() { name=$1; shift; xl create -q -p /root/g.cfg "name=\"$name\"" "disk=[\"$1\"]" 2>&1 && echo "made $name"; }
            printf 'kernel="/root/guest.elf"\nmemory=8\n' >/root/g.cfg
            truncate -s 4M /root/disk; mkfs.ext4 -q /root/disk
            echo '== written'; make a /root/disk,raw,xvda,w; make b /root/disk,raw,xvda,w; make b /root/disk,raw,xvda,r
            losetup /dev/loop5 /root/disk; make b phy:/dev/loop5,xvda,r; losetup -d /dev/loop5
            xl destroy a
            echo '== read'; make a /root/disk,raw,xvda,r; make b /root/disk,raw,xvda,r; make c /root/disk,raw,xvda,w
            xl destroy a; xl destroy b
            mkdir -p /mnt; losetup /dev/loop5 /root/disk; mount /dev/loop5 /mnt
            echo '== mounted'; make a /root/disk,raw,xvda,r; make a phy:/dev/loop5,xvda,w
            mount -o remount,ro /mnt
            echo '== mounted to read'; make a /root/disk,raw,xvda,r; xl destroy a; make a /root/disk,raw,xvda,w
            umount /mnt; losetup -d /dev/loop5
            echo '== left'; xenstore-ls -f | grep vbd; losetup -a; ls /sys/bus/xen-backend/devices
            echo '== end'
            """);
        run.AssertWell();
        string[] written = run.Section("written");
        Assert.Equal("made a", written[0]);
        Assert.Equal(4, written.Length);
        Assert.All(written.Skip(1), line => Assert.Matches("^xl: domain [0-9]+ has /.* already", line));
        Assert.Equal(["made a", "made b"], run.Section("read").Take(2));
        Assert.Contains(" already", run.Section("read").Last());
        Assert.Equal(2, run.Section("mounted").Count(static line => line.Contains(" is mounted here on /mnt: ")));
        Assert.Equal("made a", run.Section("mounted to read")[0]);
        Assert.Contains(" is mounted here ", run.Section("mounted to read").Last());
        Assert.Empty(run.Section("left"));
    }

    [Fact]
    public async Task Disks_grow_by_themselves()
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            Lab + "--lab",
            """
            source /lab/console.sh
            grown() { type_in "for turn in \$(seq 100); do [ \"\$(blockdev --getsize64 $1)\" = $2 ] && echo grown $1 && break; sleep 0.2; done"; }
            truncate -s 64M /lab/a.img; truncate -s 64M /lab/b.img; truncate -s 64M /lab/c.img; losetup /dev/loop7 /lab/b.img
            xl create -q /lab/debian.cfg memory=192 'disk=["/lab/root.img,raw,xvda,rw", "/lab/a.img,raw,xvdb,w", "phy:/dev/loop7,xvdc,w"]' || exit 1
            attach debian; await "$prompt"
            truncate -s 80M /lab/a.img; grown /dev/xvdb 83886080
            truncate -s 96M /lab/b.img; losetup -c /dev/loop7; grown /dev/xvdc 100663296
            xl block-attach debian /lab/c.img,raw,xvdd,w || exit 1
            type_in 'until [ -b /dev/xvdd ]; do sleep 0.2; done'
            truncate -s 128M /lab/c.img; grown /dev/xvdd 134217728
            detach
            xl shutdown -ww debian
            """);
        run.AssertWell();
        foreach (string disk in (string[])["xvdb", "xvdc", "xvdd"])
        {
            Assert.Contains($"  | grown /dev/{disk}\n", run.Output);
        }
    }

    [Fact]
    public async Task Channels_and_screens_lead_to_the_guest()
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            Lab + "--lab",
            """
            source /lab/console.sh
            printf '#!/bin/bash\necho "viewer: $*"; timeout 1 cat\n' >/usr/local/sbin/vncviewer; chmod +x /usr/local/sbin/vncviewer
            xl create -q /lab/debian.cfg memory=192 'channel=["name=org.example.a, connection=pty", "name=org.example.b, connection=socket, path=/run/b"]' 'vfb=["vnc=1"]' || exit 1
            attach debian; await "$prompt"
            echo '== list'; xl channel-list debian
            echo '== terminal'
            # Not by this shell, whose terminal it would become.
            (exec 7<>"$(xl channel-list debian | awk '/pty/ { print $NF }')"; stty raw -echo <&7; echo 'hello from dom0' >&7; sleep 20) &
            sleep 2; type_in 'head -n 1 /dev/hvc1'
            echo '== screen'
            exec 7<>/dev/tcp/127.0.0.1/5900; timeout 60 head -c 11 <&7; echo; exec 7>&-
            xl vncviewer debian
            type_in 'ls /sys/bus/xen/devices | tr "\n" " "; echo'
            detach
            xl shutdown -ww debian
            echo '== left'; xenstore-ls -f | grep -E 'console|vfb|vkbd'; ls /run/b 2>/dev/null; pgrep -fl qemu-system
            echo '== end'
            """);
        run.AssertWell();
        Assert.Matches(@"^1 .* pty +/dev/pts/\d+$", run.Section("list")[1]);
        Assert.Matches("^2 .* socket +/run/b$", run.Section("list")[2]);
        Assert.Contains("  | hello from dom0\n", run.Output);
        Assert.Contains("RFB 003.008", run.Section("screen"));
        Assert.Contains("viewer: 127.0.0.1:0", run.Section("screen"));
        Assert.Matches("console-1 .*console-2 .*vfb-0 .*vkbd-0", run.Output);
        Assert.Empty(run.Section("left"));
    }

    /// <summary>It is there, under its name, nearly all the time; whoever destroys it then ends it for good.</summary>
    [Fact]
    public async Task A_crash_loop_is_stopped_by_name()
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            Lab + "--add out/guests/wildwrite.elf:/root/guest.elf",
            """
            printf 'name="c"\nkernel="/root/guest.elf"\nmemory=8\non_crash="restart"\n' >/root/c.cfg
            xl create -q /root/c.cfg || exit 1
            until [ "$(xl domid c 2>/dev/null || echo 0)" -gt 2 ]; do sleep 0.2; done
            sleep 1; xl destroy c || exit 1
            sleep 8
            echo '== list'; xl list
            echo '== log'; cat /var/log/xen/xl-c.log
            echo '== left'; xenstore-ls -f /libxl; ls /var/lib/xen | grep userdata
            echo '== end'
            """);
        run.AssertWell();
        Assert.Equal(2, run.Section("list").Length);
        Assert.Contains("was destroyed before it was made again", run.Section("log").Last());
        Assert.DoesNotContain(run.Section("left"), static line => line != "/libxl = \"\"");
    }
}
