using System.Collections.Generic;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary>A command of a scheduler that gives time by weights and caps.</summary>
/// <param name="scheduler">Its number.</param>
public abstract class WeightCommand(uint scheduler) : SchedulerCommand(scheduler)
{
    private const uint Most = 65535;

    /// <summary>The options of a domain.</summary>
    protected static Option[] DomainOptions =>
    [
        new('d', "domain", "DOMAIN", "the domain"),
        new('w', "weight", "WEIGHT", "its weight: 1 to 65535, usually 256"),
        new('c', "cap", "CAP", "its cap in percent of a CPU; 0: none"),
    ];

    /// <summary>Refuses what belongs to a domain when none is named.</summary>
    /// <exception cref="CommandException">There is such an option.</exception>
    protected static void CheckDomain(Parsed line)
    {
        if ((line.Has("weight") || line.Has("cap")) && !line.Has("domain"))
        {
            throw new CommandException(1, "-w and -c want a domain: give -d");
        }
    }

    /// <summary>Sets what the options of a domain say.</summary>
    /// <returns>False when they say nothing.</returns>
    protected bool TrySet(Context context, Parsed line, DomainId domain)
    {
        uint? weight = Number(line, "weight", Most);
        uint? cap = Number(line, "cap", Most);
        if (weight is null && cap is null)
        {
            return false;
        }

        var now = context.Host.Xen.Vcpus.GetScheduling(domain, Scheduler);
        context.Host.Xen.Vcpus.SetScheduling(domain, Scheduler, (ushort)(weight ?? now.Weight), (ushort)(cap ?? now.Cap));
        return true;
    }

    /// <summary>Prints a table of domains.</summary>
    protected void Rows(Context context, IReadOnlyList<DomainInfo> domains)
    {
        context.Out.Line("Name                                ID Weight  Cap");
        foreach (var info in domains)
        {
            var scheduling = context.Host.Xen.Vcpus.GetScheduling(info.Id, Scheduler);
            context.Out.Line($"{context.NameOf(info.Id),-33} {info.Domain,4} {scheduling.Weight,6} {scheduling.Cap,4}");
        }
    }

    /// <summary>Prints domains as JSON.</summary>
    protected void JsonRows(Context context, IEnumerable<DomainInfo> domains)
    {
        var rows = domains.Select(info => (info.Domain, Name: context.NameOf(info.Id), Scheduling: context.Host.Xen.Vcpus.GetScheduling(info.Id, Scheduler))).ToList();
        Json.Print(context, json =>
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                json.WriteNumber("domid", row.Domain);
                json.WriteString("name", row.Name);
                json.WriteNumber("weight", row.Scheduling.Weight);
                json.WriteNumber("cap", row.Scheduling.Cap);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
