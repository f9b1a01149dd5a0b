using System.Globalization;
using System.Text;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl list</c></summary>
public sealed class ListCommand : Command
{
    /// <summary>The head of the table.</summary>
    public const string Head = "Name                                        ID   Mem VCPUs\tState\tTime(s)";

    public override string Name => "list";

    public override string Summary => "List domains: all, or those that are named";

    public override string Arguments => "[options] [Domain ...]";

    public override string Example => "list -v web";

    public override Option[] Options =>
    [
        new('l', "long", "", "print all that is known of each, as JSON"),
        new('v', "verbose", "", "also UUIDs, why they stopped, and security labels"),
        new('Z', "context", "", "also security labels"),
        new('c', "cpupool", "", "also CPU pools"),
        new('n', "numa", "", "also the NUMA nodes that they prefer"),
        Json.Option,
    ];

    /// <summary>The line of a domain as <c>list</c> and <c>claims</c> begin it.</summary>
    public static string Line(Context context, in DomainInfo info)
    {
        var state = info.State;
        bool stopped = state.HasFlag(DomainState.Shutdown);
        string letters = string.Create(6, (state, stopped, info.ShutdownReason), static (text, it) =>
        {
            text[0] = it.state.HasFlag(DomainState.Running) ? 'r' : '-';
            text[1] = it.state.HasFlag(DomainState.Blocked) ? 'b' : '-';
            text[2] = it.state.HasFlag(DomainState.Paused) ? 'p' : '-';
            text[3] = it.stopped ? 's' : '-';
            text[4] = it.stopped && it.ShutdownReason == ShutdownReason.Crash ? 'c' : '-';
            text[5] = it.state.HasFlag(DomainState.Dying) ? 'd' : '-';
        });
        ulong memory = (info.Frames + info.ClaimedFrames) / 256;
        return string.Create(CultureInfo.InvariantCulture,
            $"{context.NameOf(info.Id),-40} {info.Domain,5} {memory,5} {info.OnlineVcpus,5}     {letters}  {info.CpuTime / 1e9,8:F1}");
    }

    public override int Run(Context context, Parsed line)
    {
        var domains = context.Select(line);
        if (line.Has("long"))
        {
            LongList.Print(context, domains);
            return 0;
        }

        if (line.Has("json"))
        {
            LongList.PrintStates(context, domains);
            return 0;
        }

        bool verbose = line.Has("verbose");
        bool labels = verbose || line.Has("context");
        context.Out.Line(Head + (verbose ? "   UUID                            Reason-Code\tSecurity Label" : labels ? "   Security Label" : "") +
            (line.Has("cpupool") ? "         Cpupool" : "") + (line.Has("numa") ? " NODE Affinity" : ""));
        foreach (var info in domains)
        {
            var text = new StringBuilder(Line(context, info));
            if (verbose)
            {
                bool stopped = info.State.HasFlag(DomainState.Shutdown);
                text.Append(' ').Append(info.Uuid).Append(' ').Append(stopped ? $"{(uint)info.ShutdownReason,8:x}" : "       -");
            }

            text.Append(labels ? "                -" : "");
            text.Append(line.Has("cpupool") ? $" {CpuPools.NameOf(context.Host, info.Pool),15}" : "");
            text.Append(line.Has("numa") ? $" {NodesOf(context, info)}" : "");
            context.Out.Line(text.ToString());
        }

        return 0;
    }

    private static string NodesOf(Context context, in DomainInfo info)
    {
        int count = (int)context.Host.Xen.Host.GetInfo().Nodes;
        var nodes = context.Host.Xen.Vcpus.GetNodes(info.Id, count);
        return Masks.Of(nodes, count).ToString();
    }
}
