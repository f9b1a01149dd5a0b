using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Features;
using Sharpen.Machine.Cpu;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Whose words a policy is made of.</summary>
internal readonly ref struct PolicySource
{
    private readonly ref Domain _domain;
    private readonly bool _isHost;

    /// <summary>The CPU itself, or what it offers to any guest.</summary>
    internal PolicySource(bool isHost)
    {
        _domain = ref Machine.Pools.Refs.Null<Domain>();
        _isHost = isHost;
    }

    /// <summary>What one domain is told.</summary>
    internal PolicySource(ref Domain domain) => _domain = ref domain;

    /// <summary>One answer.</summary>
    internal Cpuid Ask(uint leaf, uint subleaf)
    {
        if (_isHost)
        {
            return Cpuid.Query(leaf, subleaf);
        }

        CpuidCaller anybody = default;
        return Machine.Pools.Refs.IsNull(ref _domain) ? CpuidPolicy.Query(in anybody, leaf, subleaf) : DomainPolicies.Query(ref _domain, 0, leaf, subleaf);
    }
}
