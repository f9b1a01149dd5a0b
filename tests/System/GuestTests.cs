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
    [InlineData("hostileiret:case=0", "address that no guest has")]
    [InlineData("hostileiret:case=1", "code selector that no guest has")]
    [InlineData("hostileiret:case=2", "address that no guest has")]
    [InlineData("hostileiret:case=3", "stack selector that no guest has")]
    [InlineData("hostileiret:case=4", "user mode without user page tables")]
    [InlineData("hostileiret:case=5", "frame cannot be read")]
    [InlineData("hostileiret:case=8", "kernel stack or entry point")]
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
    public async Task A_guest_makes_runs_on_and_changes_page_tables_of_its_own()
    {
        await using QemuMachine machine = Start("--smp 2", "pagetables");
        await machine.WaitFor("d1: gone, all that it owned came back");
        string[] said = [.. machine.Serial.Text.Split('\n').Where(line => line.Contains("page tables: ")).Select(line => line.Trim()[("(d1) page tables: ".Length)..])];
        Assert.Equal(
            [
                "pin while writable -16", "pin 0", "new root 0", "reads 42", "unpin the first root 0", "update 0", "reads 43",
                "table writable -16", "superpage -22", "reserved slot -22", "user root 0", "no user root 0", "clear a table -16",
                "clear a page 0", "reads 0", "back 0", "unpin 0", "writable again 0", "done",
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
