using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary><c>--json</c> of xl's commands, run in dom0 with a guest, is as docs/schemas/xl says.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class JsonTests
{
    private const string Script = """
        say() { echo "== $1"; shift; xl "$@" || echo "status $?"; }
        say create create -q --json /lab/debian.cfg
        for command in list vm-list claims sharing cpupool-list uptime vcpu-list dmesg info; do say $command $command --json; done
        say 'info' info -n --json
        for command in block-list network-list channel-list domid; do say $command $command --json debian; done
        say sched-credit2 sched-credit2 --json
        say sched-credit2 sched-credit2 -s --json
        say sched-credit2 sched-credit2 -d debian --json
        say domname domname --json 0
        xl define /lab/debian.cfg >/dev/null 2>&1
        say defined-list defined-list --json
        until xl block-list --json debian | grep -q '"state": 4'; do sleep 0.2; done
        say block-resize block-resize --json debian xvda
        xl destroy debian
        say list list --json
        """;

    [Theory]
    [InlineData("--tools ours")]
    [InlineData("--reference --tools xl")]
    public async Task Json_is_as_the_schemas_say(string way)
    {
        Dom0Run run = await Dom0Run.ExecAsync($"{way} --lab --kernel unpacked", Script);
        run.AssertWell();
        string[] answers = [.. ("\n" + run.Output).Split("\n== ").Skip(1)];
        var seen = answers.Select(static answer => answer[..answer.IndexOf('\n')]).Distinct().Order();
        Assert.Equal(Directory.GetFiles(Path.Combine(Repository.Root, "docs/schemas/xl"), "*.json").Select(Path.GetFileNameWithoutExtension).Order(), seen);
        Assert.Empty(answers.SelectMany(Faults));
    }

    private static string[] Faults(string answer)
    {
        string command = answer[..answer.IndexOf('\n')];
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs/schemas/xl", command + ".json")));
        try
        {
            using var value = JsonDocument.Parse(answer[command.Length..]);
            return [.. JsonSchema.Faults(schema.RootElement, value.RootElement).Select(fault => $"{command}: {fault}")];
        }
        catch (JsonException exception)
        {
            return [$"{command}: {exception.Message}: {answer}"];
        }
    }
}
