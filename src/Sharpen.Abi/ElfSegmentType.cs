namespace Sharpen.Abi;

/// <summary>What a segment holds. Source: the ELF-64 object file format.</summary>
public enum ElfSegmentType : uint
{
    /// <summary><c>PT_NULL</c></summary>
    Null = 0,

    /// <summary><c>PT_LOAD</c></summary>
    Load = 1,

    /// <summary><c>PT_DYNAMIC</c></summary>
    Dynamic = 2,

    /// <summary><c>PT_INTERP</c></summary>
    Interp = 3,

    /// <summary><c>PT_NOTE</c></summary>
    Note = 4,

    /// <summary><c>PT_TLS</c></summary>
    Tls = 7,
}
