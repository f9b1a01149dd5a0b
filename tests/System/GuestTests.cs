using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>Our own PV guests: what they are given, and what the hostile ones do not get.</summary>
public sealed partial class GuestTests
{
    private static readonly string[] s_bothGone = ["d1: gone, all that it owned came back", "d2: gone, all that it owned came back"];

    [Fact]
    public async Task Two_guests_share_the_machine_and_give_back_all_they_owned()
    {
        await using QemuMachine machine = Start("--smp 2", "ticker:ticks=20", "spinner:reports=2");
        await machine.WaitForAll("(d1) ticker: 20 ticks, 20 upcalls", "(d1) ticker: done", "(d2) spinner: done");
        await machine.WaitForAll(s_bothGone);
    }

    /// <summary>Under <c>-icount</c> the turns are a count of instructions, the same on every host.</summary>
    [Theory]
    [InlineData(512, 256)]
    [InlineData(256, 256)]
    public async Task One_cpu_is_shared_by_weight(int first, int second)
    {
        await using QemuMachine machine = Start("--smp 1 --icount", $"spinner:weight={first} reports=3", $"spinner:weight={second} reports=3");
        await machine.WaitFor("spinner: done");
        double share = Turns(machine.Serial.Text, "(d1)") / Turns(machine.Serial.Text, "(d2)");
        Assert.InRange(share, 0.95 * first / second, 1.05 * first / second);
    }

    [Theory]
    [InlineData("hostileiret:case=0", "(d1) exception 13 error 0x0 at 0x123456789abcdef0")]
    [InlineData("hostileiret:case=1", "(d1) exception 13 error 0xe008")]
    [InlineData("hostileiret:case=2", "(d1) exception 14 error 0x11 at 0xffff82d080200000")]
    [InlineData("hostileiret:case=3", "(d1) exception 13 error 0xe010")]
    [InlineData("hostileiret:case=4", "user mode without user page tables")]
    [InlineData("hostileiret:case=5", "frame cannot be read")]
    [InlineData("hostileiret:case=8", "kernel stack or entry point")]
    [InlineData("hostileiret:case=9", "(d1) exception 14 error 0x0")]
    [InlineData("hostileiret:case=10", "(d1) exception 14 error 0x0")]
    [InlineData("hostileiret:case=11", "(d1) exception 13 error 0x8")]
    [InlineData("wildwrite", "(d1) exception 14 error 0x3")]
    public async Task A_hostile_guest_dies_alone(string guest, string reason)
    {
        await using QemuMachine machine = Start("--smp 2", guest, "ticker:ticks=10");
        await machine.WaitFor("(d1) ");
        await machine.WaitFor(reason);
        await machine.WaitFor("d1: stopped, reason 3");
        await machine.WaitForAll("(d2) ticker: done");
        await machine.WaitForAll(s_bothGone);
    }

    [Fact]
    public async Task A_guest_whose_selector_is_lost_is_entered_at_its_failsafe_callback()
    {
        await using QemuMachine machine = Start("--smp 1", "hostileiret:case=12", "ticker:ticks=20");
        await machine.WaitForAll(s_bothGone);
        Assert.Contains("(d1) hostile iret: entry 0 read only 0 descriptors 0", machine.Serial.Text);
        Assert.Contains("(d1) hostile iret: failsafe, ds 0xb", machine.Serial.Text);
    }

    [Fact]
    public async Task Two_guests_grant_pages_give_one_away_and_ring()
    {
        await using QemuMachine machine = Start("--smp 2", "grants:own=1 peer=2", "grants:own=2 peer=1");
        await machine.WaitForAll(s_bothGone);
        string[] said =
        [
            "(d1) grants: in use 0x19, read 31337", "(d1) grants: transfer 0xe map 0 whole", "(d1) grants: given back",
            "(d2) grants: bind 0", "(d2) grants: send 0", "(d2) grants: map to write what is to be read 0 status -1", "(d2) grants: map what is not granted 0 status -1",
            "(d2) grants: copy from the peer 0 status 0", "(d2) grants: copied 4242", "(d2) grants: transfer to the peer 0 status 0",
            "(d2) grants: unmap the peer's 0 status 0",
        ];
        Assert.All(said, line => Assert.Contains(line, machine.Serial.Text));
    }

    [Fact]
    public async Task A_guest_makes_runs_on_and_changes_page_tables_of_its_own()
    {
        await using QemuMachine machine = Start("--smp 2", "pagetables");
        await machine.WaitFor("d1: gone, all that it owned came back");
        string[] said = [.. machine.Serial.Text.Split('\n').Where(line => line.Contains("page tables: ")).Select(line => line.Trim()[("(d1) page tables: ".Length)..])];
        Assert.Equal(
            [
                "pin while writable -22", "pin 0", "new root 0", "reads 42", "unpin the first root 0", "update 0", "forget the old one 0", "reads 43",
                "table writable -16", "superpage -22", "reserved slot -22", "user root 0", "no user root 0", "clear a table -22",
                "clear a page 0", "reads 0", "back 0", "unpin 0", "writable again 0", "done",
            ],
            said);
    }

    [Fact]
    public async Task A_guest_runs_user_code_with_descriptors_of_its_own_and_gets_what_Xen_gives()
    {
        await using QemuMachine machine = Start("--smp 1", "usermode", "ticker:ticks=10");
        await machine.WaitForAll(s_bothGone);
        string[] said = [.. machine.Serial.Text.Split('\n').Where(line => line.Contains("user mode: ")).Select(line => line.Trim()[("(d1) user mode: ".Length)..])];
        Assert.Equal(
            [
                "set_gdt of a frame that is mapped writable -22", "read only 0", "set_gdt 0", "set_gdt of too much -22",
                "kernel code became 0xaffb000000ffff", "descriptor 0", "call gate 0", "task state -22", "between two -22", "a page table -22",
                "read only 0", "set_ldt 0", "set_ldt of too much -22", "set_ldt at an odd place -22", "syscall entry 0",
                "base of gs for the kernel 0", "base of gs for user code 0", "user root 0", "stack 0",
                "call 1 with 0x8 cs 0xe033", "vector 3 error 0x0 cs 0xe033 ss 0xe02b", "vector 14 error 0x4 cs 0xe033 ss 0xe02b",
                "vector 13 error 0x0 cs 0x33 ss 0x2b", "vector 6 error 0x0 cs 0x33 ss 0x2b", "call 2 with 0x2b cs 0xe033",
                "vector 13 error 0x60 cs 0xe033 ss 0xe02b", "call 3 with 0xf cs 0xe033", "vector 14 error 0x4 cs 0xe033 ss 0xe02b",
                "vector 13 error 0xe010 cs 0x33 ss 0x2b", "call 4 with 0xf cs 0xe033", "vector 13 error 0x28 cs 0x2b ss 0xe02b",
                "call 5 with 0xf cs 0xe033", "vector 13 error 0x0 cs 0xe033 ss 0xe02b", "call 6 with 0xf cs 0xe033", "selector of gs 0",
                "call 2 with 0x2b cs 0xe033", "call 3 with 0xf cs 0xe033", "call 7 with 0xf cs 0xe033", "vector 7 error 0x0 cs 0xe030 ss 0xe02b",
                "task switched 0", "call 8 with 0xf cs 0xe033", "breakpoint of ours -1", "trap on access -1", "no such register -19",
                "breakpoint 0", "armed 0", "vector 1 error 0x0 cs 0xe033 ss 0xe02b", "status 0xffff0ff1", "call 9 with 0xf cs 0xe033",
                "written where the breakpoint is 0", "call 10 with 0xf cs 0xe033", "time passes in the kernel 1",
                "vector 13 error 0x0 cs 0xe033 ss 0xe02b", "call 11 with 0xf cs 0xe033", "time passes in the kernel 1", "call 0 with 0xf cs 0xe033", "done",
            ],
            said);
    }

    [Fact]
    public async Task An_endless_loop_spins_alone_even_on_one_cpu()
    {
        await using QemuMachine machine = Start("--smp 1", "endlessloop", "ticker:ticks=20");
        await machine.WaitForAll("(d1) endless loop: begins", "(d2) ticker: 20 ticks, 20 upcalls", "d2: gone, all that it owned came back");
        Assert.DoesNotContain("d1: stopped", machine.Serial.Text);
    }

    private static QemuMachine Start(string options, params string[] guests) =>
        QemuMachine.Boot([.. options.Split(' '), .. guests.SelectMany(guest => new[] { "--guest", FileOf(guest) })]);

    private static string FileOf(string guest)
    {
        string[] parts = guest.Split(':', 2);
        return $"out/guests/{parts[0]}.elf" + (parts.Length > 1 ? ":" + parts[1] : "");
    }

    /// <summary>The turns in a spinner's second report, which comes after the same time for each.</summary>
    private static double Turns(string text, string domain) =>
        double.Parse(Reports().Matches(text).Where(report => report.Groups[1].Value == domain).ElementAt(1).Groups[2].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\(d\d+\)) spinner: (\d+) turns in \d+ ms")]
    private static partial Regex Reports();
}
