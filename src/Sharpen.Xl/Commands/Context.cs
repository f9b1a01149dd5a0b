using System;
using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Toolstack.Registry;
using Sharpen.Xl.Output;

namespace Sharpen.Xl.Commands;

/// <summary>What a command works with.</summary>
/// <param name="host">The host.</param>
/// <param name="terminal">Where output goes.</param>
/// <param name="options">Options before the command's name.</param>
public sealed class Context(Host host, Terminal terminal, GlobalOptions options)
{
    private readonly Dictionary<ushort, string?> _names = [];
    private IReadOnlyList<DomainInfo> _all = [];

    /// <summary>The host.</summary>
    public Host Host => host;

    /// <summary>Where output goes.</summary>
    public Terminal Out => terminal;

    /// <summary>Options before the command's name.</summary>
    public GlobalOptions Options => options;

    /// <summary>The domain that an argument means.</summary>
    /// <exception cref="CommandException">There is none of that name.</exception>
    public DomainId Domain(string text) => DomainNames.Resolve(host, text) ??
        throw new CommandException(1, $"{text} is no domain: 'xl list' shows names and numbers");

    /// <summary>The domain that an argument means, which must be there.</summary>
    /// <exception cref="CommandException">It is not.</exception>
    public DomainInfo Existing(string text)
    {
        var domain = Domain(text);
        return host.Xen.Domains.Find(domain) ?? throw new CommandException(1, $"Domain '{text}' is not there: 'xl list' shows names and numbers");
    }

    /// <summary>The domains that a command names, or all.</summary>
    public IReadOnlyList<DomainInfo> Select(Parsed line)
    {
        if (line.Arguments.Count == 0)
        {
            return _all = host.Xen.Domains.List();
        }

        var named = new List<DomainInfo>();
        foreach (string argument in line.Arguments)
        {
            named.Add(Existing(argument));
        }

        return named;
    }

    /// <summary>The name of a domain as lists show it. Those of all domains are asked for together.</summary>
    public string NameOf(DomainId domain)
    {
        if (_all.Count > 0)
        {
            string?[] names = DomainNames.FindAll(host, _all);
            for (int index = 0; index < names.Length; index++)
            {
                _names[_all[index].Domain] = names[index];
            }

            _all = [];
        }

        return (_names.TryGetValue(domain.Value, out string? name) ? name : DomainNames.Find(host, domain)) ?? "(null)";
    }

    /// <summary>The CPU pool that an argument means.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public SysctlPool Pool(string text) => CpuPools.Find(host, text) ??
        throw new CommandException(1, $"there is no CPU pool '{text}': 'xl cpupool-list' shows names and numbers");

    /// <summary>The CPUs that an argument means: numbers, ranges, nodes. As in Debian's, one that means none of this host is no failure.</summary>
    /// <exception cref="CommandException">It is no list.</exception>
    public IReadOnlyList<int> Cpus(string text)
    {
        var list = CpuList.Parse(text, out string problem) ?? throw new CommandException(1, problem);
        var cpus = CpuPools.Resolve(host, list);
        if (cpus.Count == 0)
        {
            terminal.Complain($"xl: '{text}' names no CPU of this host");
        }

        return cpus;
    }

    /// <summary>The domains that are defined.</summary>
    public DomainRegistry Registry() => new(DomainRegistry.UsualFolder, AutostartSettings.ReadFile(AutostartSettings.UsualPath).Folder);

    /// <summary>Says something only when <c>-v</c> was given.</summary>
    public void Debug(FormattableString text)
    {
        if (options.Verbosity > 0)
        {
            terminal.Complain($"xl: {FormattableString.Invariant(text)}");
        }
    }
}
