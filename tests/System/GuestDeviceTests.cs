using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>Disks and network cards of Debian guests under load, with what they carry checked.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed partial class GuestDeviceTests
{
    private const string Lab = "--smp 4 --mem 3G --lab --kernel unpacked ";

    /// <summary>A file by loop and blkback, a block device by blkback, and a file of qcow2 by qemu.</summary>
    [Theory]
    [InlineData("truncate -s 96M /lab/data", "/lab/data,raw,xvdb,rw")]
    [InlineData("truncate -s 96M /lab/data && losetup /dev/loop7 /lab/data", "phy:/dev/loop7,xvdb,w")]
    [InlineData("qemu-img create -q -f qcow2 /lab/data 96M", "/lab/data,qcow2,xvdb,rw")]
    public async Task What_fio_writes_is_what_it_reads(string make, string disk)
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            Lab,
            $$"""
            source /lab/console.sh
            {{make}} || exit 1
            xl create -q /lab/debian.cfg memory=192 'disk=["/lab/root.img,raw,xvda,rw", "{{disk}}"]' || exit 1
            attach debian; await "$prompt"
            type_in 'fio --name=check --filename=/dev/xvdb --direct=1 --rw=randrw --bsrange=4k-64k --size=64M --ioengine=libaio --iodepth=16 --verify=crc32c --verify_fatal=1 --output-format=terse; echo "fio says $?"'
            detach
            xl shutdown -w debian
            """);
        run.AssertWell();
        Assert.Contains("  | fio says 0\n", run.Output);
    }

    [Fact]
    public async Task Iperf_runs_both_ways()
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            Lab,
            """
            source /lab/console.sh
            iperf3 --server --daemon
            xl create -q /lab/debian.cfg memory=192 || exit 1
            attach debian; await "$prompt"
            type_in 'iperf3 -c 192.168.17.1 -t 5; echo "to dom0: $?"'
            type_in 'iperf3 -c 192.168.17.1 -t 5 -R; echo "from dom0: $?"'
            type_in 'ip -s link show eth0'
            detach
            xl shutdown -w debian
            """);
        run.AssertWell();
        Assert.Contains("  | to dom0: 0\n", run.Output);
        Assert.Contains("  | from dom0: 0\n", run.Output);
        Assert.True(Transferred().Count(run.Output) >= 2, run.ToString());
    }

    [Fact]
    public async Task A_disk_that_grows_in_dom0_grows_in_the_guest()
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            Lab,
            """
            source /lab/console.sh
            truncate -s 64M /lab/data && losetup /dev/loop7 /lab/data || exit 1
            xl create -q /lab/debian.cfg 'disk=["/lab/root.img,raw,xvda,rw", "phy:/dev/loop7,xvdb,w"]' || exit 1
            attach debian; await "$prompt"
            type_in 'blockdev --getsize64 /dev/xvdb'
            truncate -s 80M /lab/data && losetup -c /dev/loop7
            type_in 'until dd if=/dev/xvdb of=/dev/null bs=4k count=1 iflag=direct 2>/dev/null && [ $(blockdev --getsize64 /dev/xvdb) = 83886080 ]; do sleep 0.2; done; echo grown'
            detach
            xl shutdown -w debian
            """);
        run.AssertWell();
        Assert.Contains("  | 67108864\n", run.Output);
        Assert.Contains("  | grown\n", run.Output);
    }

    [GeneratedRegex(@"(?m)^  \| .* (sender|receiver)$")]
    private static partial Regex Transferred();
}
