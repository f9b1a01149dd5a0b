using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>What toolstacks do with Debian guests, by Debian's tools.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class DebianGuestTests
{
    private const string Lab = "--lab --kernel unpacked ";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public async Task A_guest_uses_all_its_processors(int count)
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            Lab + "--smp 4",
            $$"""
            source /lab/console.sh
            xl create -q /lab/debian.cfg vcpus={{count}} || exit 1
            attach debian; await "$prompt"
            type_in 'nproc; for cpu in $(seq 0 $(($(nproc) - 1))); do taskset -c $cpu true && echo "ran on $cpu"; done'
            detach
            echo '== vcpu-list'; xl vcpu-list debian
            xl shutdown -w debian
            """);
        run.AssertWell();
        Assert.Contains($"  | {count}\n", run.Output);
        Assert.Equal(count, Regex.Count(run.Output, @"^  \| ran on \d", RegexOptions.Multiline));
        Assert.Equal(count, run.Section("vcpu-list").Count(static line => line.StartsWith("debian ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Thirty_guests_run_at_once()
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            Lab + "--smp 4 --mem 6G",
            """
            source /lab/console.sh
            prompt='# '
            for guest in {1..30}; do
                xl create -q /lab/debian.cfg "name='g$guest'" 'extra="console=hvc0"' 'disk=[]' vcpus=1 "vif=['bridge=xenbr0']" || exit 1
            done
            for guest in {1..30}; do attach "g$guest"; await 'in the ramdisk'; await "$prompt"; detach; done
            echo '== list'; xl list
            for guest in {1..30}; do xl destroy "g$guest"; done
            echo '== left'; xl list
            """);
        run.AssertWell();
        Assert.Equal(32, run.Section("list").Length);
        Assert.Equal(2, run.Section("left").Length);
    }

    [Fact]
    public async Task Two_hundred_guests_come_and_go_and_leave_nothing()
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            Lab + "--add out/guests/endlessloop.elf:/root/guest.elf",
            """
            printf 'name = "g"\nkernel = "/root/guest.elf"\nmemory = 8\nvif = ["bridge=xenbr0"]\ndisk = ["/root/disk, raw, xvda, rw"]\n' >/root/g.cfg
            truncate -s 1M /root/disk
            look() {
                echo "nodes $(xenstore-ls / | grep -v domid | wc -l)"
                echo "ports $(/usr/lib/xen-4.17/bin/lsevtchn 0 | wc -l)"
                echo "loops $(losetup -a | wc -l)"
                echo "cards $(ls /sys/class/net | wc -l)"
                for daemon in xenstored xenconsoled; do echo "$daemon $(ls /proc/$(cat /run/xen/$daemon.pid)/fd | wc -l)"; done
                xl debug-keys m; xl dmesg | grep 'heap:' | tail -n 1
            }
            turn() { xl create -q /root/g.cfg && xl destroy g || exit 1; }
            for turn in {1..5}; do turn; done
            sleep 3; echo '== before'; look
            for turn in {1..200}; do turn; done
            sleep 3; echo '== after'; look
            echo '== end'; xl list
            """,
            seconds: 1800);
        run.AssertWell();
        Assert.Equal(run.Section("before"), run.Section("after"));
    }

    [Fact]
    public async Task Everyday_operations_work()
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            Lab + "--smp 4",
            """
            source /lab/console.sh
            is() { [ "$2" = "$3" ] && echo "$1: well" || echo "$1: '$2', not '$3'"; }
            of_list() { xl list debian | awk -v field="$1" 'NR == 2 { print $field }'; }
            xl create -q /lab/debian.cfg vcpus=1 maxvcpus=2 memory=128 maxmem=160 || exit 1
            attach debian; await "$prompt"
            xl pause debian; is pause "$(xl list debian | awk 'NR == 2 { print substr($5, 3, 1) }')" p
            xl unpause debian
            xl vcpu-set debian 2
            type_in 'until [ $(nproc) = 2 ]; do sleep 0.2; [ ! -e /sys/devices/system/cpu/cpu1 ] || echo 1 >/sys/devices/system/cpu/cpu1/online; done; nproc'
            xl vcpu-pin debian 0 3; is pin "$(xl vcpu-list debian | awk 'NR == 2 { print $7 }')" 3
            for size in 120 160 128; do
                xl mem-set debian $size
                for turn in {1..100}; do [ "$(of_list 3)" = $size ] && break; sleep 0.1; done
                is "mem-set $size" "$(of_list 3)" $size
            done
            xl mem-max debian 200; is mem-max $? 0
            xl sched-credit2 -d debian -w 512; is weight "$(xl sched-credit2 -d debian | awk 'NR == 2 { print $3 }')" 512
            xl rename debian other; is rename "$(xl domid other)" "$(xl list other | awk 'NR == 2 { print $2 }')"
            xl rename other debian
            truncate -s 4M /root/disk
            xl block-attach debian /root/disk,raw,xvdb,rw
            type_in 'until [ -b /dev/xvdb ]; do sleep 0.1; done; blockdev --getsize64 /dev/xvdb'
            xl block-detach debian xvdb
            type_in 'while [ -b /dev/xvdb ]; do sleep 0.1; done; echo detached'
            xl network-attach debian bridge=xenbr0
            type_in 'until [ -e /sys/class/net/eth1 ]; do sleep 0.1; done; echo a second card'
            xl network-detach debian 1
            xl sysrq debian h; await 'sysrq: HELP'
            xl dump-core debian /root/core; is dump-core "$(head -c 4 /root/core | tail -c 3)" ELF
            first=$(xl domid debian)
            xl reboot debian; detach
            until again=$(xl domid debian 2>/dev/null) && [ "$again" != "$first" ] && xenstore-exists "/local/domain/$again/console/tty"; do sleep 0.5; done
            attach debian; await 'is up after'; await "$prompt"
            [ "$again" -gt "$first" ] && echo 'reboot: well' || echo "reboot: domain '$again' after $first"
            detach
            xl shutdown -w debian
            for turn in {1..100}; do xl domid debian >/dev/null 2>&1 || break; sleep 0.2; done # who made it takes it away
            is shutdown "$(xl list | wc -l)" 2
            """);
        run.AssertWell();
        Assert.DoesNotMatch(@"(?m)^[a-z0-9 -]+: '", run.Output);
        Assert.Contains("reboot: well", run.Output);
        Assert.Contains("  | 4194304\n", run.Output);
        Assert.Contains("  | detached\n", run.Output);
        Assert.Contains("shutdown: well", run.Output);
    }
}
