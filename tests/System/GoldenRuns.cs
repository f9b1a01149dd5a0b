using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;

namespace Sharpen.SystemTests;

/// <summary>The boots in which <c>Golden/compare.sh</c> runs, each once.</summary>
public sealed class GoldenRuns
{
    /// <summary>Debian's Xen, and all its programs but for our xl.</summary>
    public const string OnXen = "--reference --tools xl";

    /// <summary>Our hypervisor under Debian's daemons.</summary>
    public const string OnOurs = "--tools xl";

    /// <summary>Our hypervisor and our daemons.</summary>
    public const string WithOurDaemons = "--tools ours";

    /// <summary>Lines that differ from host to host, not from toolstack to toolstack: a regular expression.</summary>
    internal const string FactsOfTheHost =
        @"^(total_memory|free_memory|xen_extra|xen_version|xen_changeset|xen_commandline|xen_caps|cc_\w+|build_id|hw_caps|virt_caps|cpu_mhz|version|platform_params) *";

    private readonly Dictionary<string, Task<Dom0Run>> _runs = [];

    /// <summary>The run of a way, by its options.</summary>
    public Task<Dom0Run> OfAsync(string way)
    {
        if (!_runs.TryGetValue(way, out Task<Dom0Run>? run))
        {
            _runs[way] = run = StartAsync(way);
        }

        return run;
    }

    private static async Task<Dom0Run> StartAsync(string way) => await Dom0Run.ExecAsync(
        $"{way} --lab --kernel unpacked", await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests/System/Golden/compare.sh")));
}
