namespace Sharpen.Abi;

/// <summary><c>struct xen_compile_info</c>. Source: <c>version.h</c>.</summary>
public struct CompileInfo : IAbiData
{
    /// <summary><c>compiler</c></summary>
    public Bytes64 Compiler;

    /// <summary><c>compile_by</c></summary>
    public Bytes16 CompiledBy;

    /// <summary><c>compile_domain</c></summary>
    public Bytes32 CompileDomain;

    /// <summary><c>compile_date</c></summary>
    public Bytes32 CompileDate;
}
