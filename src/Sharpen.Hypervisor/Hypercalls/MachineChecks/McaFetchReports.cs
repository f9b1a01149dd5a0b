using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.MachineChecks;

/// <summary>What hardware reported, of which nothing is kept: there is none. <see cref="Errno.Inval"/>: not one of the two kinds, or no room given.</summary>
[Hypercall(Hypercall.Arch0, McaCommand.Fetch, WritesBack = true)]
public readonly struct McaFetchReports : IHypercall<McaFetch>
{
    private const uint Minor = 1;
    private const uint Urgent = 2;
    private const uint Acknowledge = 4;
    private const uint NoData = 2;

    public static Answer Execute(ref Vcpu caller, ref McaFetch arguments)
    {
        if (arguments.Flags == (Minor | Acknowledge) || arguments.Flags == (Urgent | Acknowledge))
        {
            return 0;
        }

        if (arguments.Flags is not (Minor or Urgent) || arguments.Buffer == 0)
        {
            return Errno.Inval;
        }

        arguments.Flags = NoData;
        return 0;
    }
}
