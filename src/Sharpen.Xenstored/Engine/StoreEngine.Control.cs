using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Sharpen.Abi;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Engine;

/// <content>What <c>xenstore-control</c> asks of the daemon itself.</content>
public sealed partial class StoreEngine
{
    private const string Commands = "check\nfeatures\nfind <path> <child's node> <value>\nhelp\nlive-update -f <program>|-c <command line>|-s|-a\nlog [on|off|<switch>]\nlogfile <file>\nmemreport\nprint <text>\nquota [<domid>|set <name> <value>]\nquota-soft\n";

    // What this daemon can beyond the common protocol, for those who ask before they rely on it.
    private const string Features = "find\nrelease-of-one\n";

    /// <summary>Text that somebody wants to see in the log.</summary>
    public Action<string> Print { get; set; } = static _ => { };

    /// <summary>Whether every request is to be logged.</summary>
    public bool IsTracing { get; set; }

    /// <summary>What is to go on in place of this program.</summary>
    public LiveUpdate Update { get; } = new();

    /// <summary>The other program did not come: says so to who asked for it.</summary>
    public void EndUpdate(string reason)
    {
        if (Update.Asker is { } asker)
        {
            _ = Answer(asker, Update.Request, reason);
        }

        Update.Forget();
    }

    private Errno Control(Client client, in StoreHeader request, Transaction? transaction, RequestText text)
    {
        List<string> words = [];
        while (text.TryTake(out string word))
        {
            words.Add(word);
        }

        if (words.Count == 0)
        {
            return Errno.Inval;
        }

        // What of a transaction only this one heeds.
        if (words[0] == "find" && words.Count == 4)
        {
            return FindChild(client, in request, transaction, words);
        }

        if (transaction is not null)
        {
            return Errno.Inval;
        }

        string? answer = words[0] switch
        {
            "check" => Check(),
            "features" => Features,
            "help" => Commands,
            "log" => Log(words),
            "logfile" => "OK",
            "memreport" => Report(),
            "print" => PrintText(words),
            "quota" => Quota(words),
            "quota-soft" => "Soft quota are not used: limits are hard.\n",
            "live-update" => Update.Do(client, in request, words[1..]),
            _ => null,
        };
        return answer switch
        {
            null => Errno.Inval,
            "" => Errno.None,
            _ => Answer(client, in request, $"{answer}\0"),
        };
    }

    /// <summary>The names of the nodes right below a path that have a node of a name and a value: toolstacks look so for a domain's name,
    /// without asking for those of all.</summary>
    private Errno FindChild(Client client, in StoreHeader request, Transaction? transaction, List<string> words)
    {
        if (!TryResolve(client, words[1], out string path) || words[2].Contains('/'))
        {
            return Errno.Inval;
        }

        transaction?.Saw(path, ReadKind.Value | ReadKind.Children);
        Span<byte> wanted = Encoding.Latin1.GetBytes(words[3]);
        StringBuilder found = new();
        foreach (Node child in (transaction?.Tree ?? _tree).Find(path) is { } parent ? parent.Children : [])
        {
            if (child.Child(words[2]) is { } node && wanted.SequenceEqual(node.Value))
            {
                if (found.Length + child.Name.Length + 1 > StoreHeader.MostPayload)
                {
                    return Errno.TooBig;
                }

                _ = found.Append(child.Name).Append('\0');
            }
        }

        return Answer(client, in request, found.ToString());
    }

    private string PrintText(List<string> words)
    {
        Print(string.Join(' ', words[1..]));
        return "OK";
    }

    private string? Log(List<string> words)
    {
        if (words.Count < 2)
        {
            return $"trace is {(IsTracing ? "on" : "off")}";
        }

        bool? wanted = words[1] switch
        {
            "on" or "+io" or "+trace" => true,
            "off" or "-io" or "-trace" => false,
            _ => null,
        };
        if (wanted is not { } tracing)
        {
            return null;
        }

        IsTracing = tracing;
        return "OK";
    }

    private string? Quota(List<string> words)
    {
        if (words.Count == 1)
        {
            return Quotas.ToString();
        }

        if (words[1] == "set")
        {
            if (words.Count != 4 || !int.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out int limit) || !Quotas.TryChange(words[2], limit))
            {
                return null;
            }

            _log.Limited(words[2], limit);
            return "OK";
        }

        if (!ushort.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out ushort id) || FindDomain(id) is not { } domain)
        {
            return null;
        }

        Client ring = domain.Client;
        return string.Create(CultureInfo.InvariantCulture,
            $"Domain {id}:\nnodes           : {CountNodes(id),8}\nwatches         : {ring.Watches.Count,8}\ntransactions    : {ring.Transactions.Count,8}\nmemory          : {ring.Memory,8}\n");
    }

    private string Report()
    {
        StringBuilder text = new();
        int nodes = 0;
        Count(_tree.Root, ref nodes);
        _ = text.Append(CultureInfo.InvariantCulture, $"{nodes} nodes, {_clients.Count} clients, {_domains.Count} domains\n");
        foreach (Client client in _clients)
        {
            _ = text.Append(CultureInfo.InvariantCulture,
                $"client {client.Number} of domain {client.Actor.Domain}: {client.Watches.Count} watches, {client.Transactions.Count} transactions, {client.Events} events, {client.Memory} bytes\n");
        }

        return text.ToString();
    }

    /// <summary>Counts everything again.</summary>
    private string Check()
    {
        NodeCounts counted = new();
        counted.AddAll(_tree.Root, 1);
        StringBuilder faults = new();
        for (int id = 0; id < 0x7ff0; id++)
        {
            if (counted.Of((ushort)id) != _counts.Of((ushort)id) || counted.Naming((ushort)id) != _counts.Naming((ushort)id))
            {
                _ = faults.Append(CultureInfo.InvariantCulture, $"domain {id} owns {counted.Of((ushort)id)} nodes, counted {_counts.Of((ushort)id)}\n");
            }
        }

        return faults.Length == 0 ? "OK" : faults.ToString();
    }

    private static void Count(Node node, ref int nodes)
    {
        nodes++;
        foreach (Node child in node.Children)
        {
            Count(child, ref nodes);
        }
    }
}
