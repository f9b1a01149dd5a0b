using Sharpen.Abi;

namespace Sharpen.Hypervisor.Domains;

/// <summary>The page that each domain shares with us. The guest writes it at any time: what is read there is read once and checked.</summary>
public static class SharedPages
{
    /// <summary>The domain's page; it exists from building to the end of teardown.</summary>
    public static ref SharedInfo Of(ref Domain domain) => ref domain.Shared.As<SharedInfo>();
}
