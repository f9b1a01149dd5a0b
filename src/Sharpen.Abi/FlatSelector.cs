namespace Sharpen.Abi;

/// <summary>Selectors that every GDT holds. Source: <c>arch-x86/xen-x86_64.h</c>.</summary>
public enum FlatSelector : ushort
{
    /// <summary><c>FLAT_RING3_CS32</c></summary>
    UserCode32 = 0xe023,

    /// <summary><c>FLAT_RING3_CS64</c></summary>
    UserCode64 = 0xe033,

    /// <summary><c>FLAT_RING3_DS32</c></summary>
    UserData32 = 0xe02b,

    /// <summary><c>FLAT_RING3_DS64</c></summary>
    None = 0,
}
