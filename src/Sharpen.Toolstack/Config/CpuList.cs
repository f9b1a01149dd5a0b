using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sharpen.Toolstack.Config;

/// <summary>A choice of the host's processors in words: <c>0-3,5,^1</c>, <c>nodes:0-3,^node:2</c>, <c>all,^7</c>. The words are
/// kept; which processors they mean is only known on a host. Source: xl.cfg(5), <c>cpus</c>.</summary>
public sealed class CpuList
{
    private const int MostCpus = 1 << 16;
    private readonly List<CpuListTerm> _terms;

    private CpuList(string text, List<CpuListTerm> terms) => (Text, _terms) = (text, terms);

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Understands a list.</summary>
    /// <param name="problem">What is wrong with it; empty when nothing is.</param>
    /// <returns>Null when it cannot be understood.</returns>
    public static CpuList? Parse(string text, out string problem)
    {
        var terms = new List<CpuListTerm>();
        foreach (string part in text.Split(','))
        {
            if (Term(part.Trim()) is not { } term)
            {
                problem = $"'{part.Trim()}' of '{text}' is no CPU, range or node";
                return null;
            }

            terms.Add(term);
        }

        problem = "";
        return new CpuList(text, terms);
    }

    /// <summary>The processors that it means.</summary>
    /// <param name="cpus">How many the host has; larger numbers are left out.</param>
    /// <param name="nodeOfCpu">The node of a processor.</param>
    public CpuMask Resolve(int cpus, Func<int, int> nodeOfCpu)
    {
        var set = new CpuMask(cpus);
        foreach (bool excluding in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (var term in _terms.Where(term => term.IsExcluded == excluding))
            {
                for (int cpu = 0; cpu < cpus; cpu++)
                {
                    int number = term.IsNodes ? nodeOfCpu(cpu) : cpu;
                    if (number >= term.First && number <= term.Last)
                    {
                        set[cpu] = !excluding;
                    }
                }
            }
        }

        return set;
    }

    private static CpuListTerm? Term(string text)
    {
        bool excluded = text.StartsWith('^');
        text = excluded ? text[1..] : text;
        int colon = text.IndexOf(':');
        bool nodes = colon >= 0;
        if (nodes && text[..colon] is not ("node" or "nodes"))
        {
            return null;
        }

        text = text[(colon + 1)..];
        if (nodes && text.StartsWith('^'))
        {
            return excluded ? null : Term("^node:" + text[1..]);
        }

        if (text == "all")
        {
            return new CpuListTerm(0, MostCpus, nodes, excluded);
        }

        int dash = text.IndexOf('-');
        return TryNumber(dash < 0 ? text : text[..dash], out int first) && TryNumber(dash < 0 ? text : text[(dash + 1)..], out int last) &&
            first <= last ? new CpuListTerm(first, last, nodes, excluded) : null;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= MostCpus;
}
