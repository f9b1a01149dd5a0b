using Sharpen.Abi;

namespace Sharpen.Machine.Memory;

/// <summary>Where the pages come from that entries may lead to.</summary>
internal readonly struct PageSource
{
    /// <summary>Whose frames.</summary>
    internal readonly DomainId Owner;

    /// <summary>True: devices too.</summary>
    internal readonly bool HasDevices;

    /// <summary>True: the owner is not that of the tables, so that its frames are never made what they are not.</summary>
    internal readonly bool IsForeign;

    internal PageSource(DomainId owner, bool hasDevices, bool isForeign = false)
    {
        Owner = owner;
        HasDevices = hasDevices;
        IsForeign = isForeign;
    }
}
