using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>One boot in which Debian's own <c>xl</c> makes guests on Sharpen: all that <see cref="GuestLifeTests"/> looks at.</summary>
/// <remarks>The guests' kernel is one of ours, which waits for ever; dom0 gets it as a disk. How many rounds: SHARPEN_GUEST_ROUNDS, 20 if not said.</remarks>
public sealed class GuestBoot : IAsyncLifetime
{
    private const string Command = """
        modprobe -q virtio_blk; cat /dev/vda >/tmp/kernel.elf
        guest() { printf 'name = "%s"\nkernel = "/tmp/kernel.elf"\nmemory = 16\nvcpus = %s\non_crash = "destroy"\n' "$1" "$2" >"/tmp/$1.cfg"; }
        free() { xl info | sed -n 's/^free_memory *: //p'; }
        try() { "$@" >/tmp/said 2>&1 </dev/null || { echo "failed: $*"; cat /tmp/said; }; }
        guest first 1; guest eight 8
        echo '== warm-up'; try xl create -p /tmp/first.cfg; try xl destroy first
        echo '== free before'; free
        echo '== rounds'
        for ((round = 0; round < ROUNDS; round++)); do try xl create -p /tmp/first.cfg; try xl destroy first; done
        echo '== free after'; free
        echo '== life'
        try xl create /tmp/eight.cfg
        xl list eight
        echo '== vcpus'; xl vcpu-list eight
        echo '== paused'; try xl pause eight; xl list eight; try xl unpause eight
        echo '== pinned'; try xl vcpu-pin eight 1 1; xl vcpu-list eight
        echo '== weight'; try xl sched-credit2 -d eight -w 512; xl sched-credit2 -d eight
        echo '== names'; try xl rename eight nine; xl domid nine; xl domname $(xl domid nine); try xl mem-max nine 32; xl list -l nine
        echo '== many'
        for ((count = 1; count <= 6; count++)); do guest "many$count" 1; try xl create "/tmp/many$count.cfg"; done
        xl list
        for ((count = 1; count <= 6; count++)); do try xl destroy "many$count"; done
        try xl destroy nine
        echo '== ended'; xl list
        echo '== free at the end'; free
        echo '== dmesg'; xl dmesg
        echo '== end'
        """;

    /// <summary>How often a guest was made and ended.</summary>
    public static int Rounds { get; } = int.TryParse(System.Environment.GetEnvironmentVariable("SHARPEN_GUEST_ROUNDS"), out int rounds) ? rounds : 20;

    /// <summary>What dom0 said.</summary>
    public Dom0Run Run { get; private set; } = null!;

    public async Task InitializeAsync() => Run = await Dom0Run.ExecAsync(
        "--tools debian --kernel unpacked --smp 2 --disk out/guests/endlessloop.elf",
        Command.Replace("ROUNDS", Rounds.ToString(System.Globalization.CultureInfo.InvariantCulture), System.StringComparison.Ordinal));

    public Task DisposeAsync() => Task.CompletedTask;
}
