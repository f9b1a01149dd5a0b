namespace Sharpen.Abi;

/// <summary>What an interrupt is that a domain wants. Source: <c>physdev.h</c>.</summary>
public enum MapPirqType : int
{
    /// <summary><c>MAP_PIRQ_TYPE_MSI</c></summary>
    Msi = 0,

    /// <summary><c>MAP_PIRQ_TYPE_GSI</c></summary>
    Gsi = 1,

    /// <summary><c>MAP_PIRQ_TYPE_UNKNOWN</c></summary>
    Unknown = 2,

    /// <summary><c>MAP_PIRQ_TYPE_MSI_SEG</c>: the segment is in the upper half of the bus</summary>
    MsiSegment = 3,

    /// <summary><c>MAP_PIRQ_TYPE_MULTI_MSI</c></summary>
    MultiMsi = 4,
}
