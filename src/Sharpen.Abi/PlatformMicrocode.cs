namespace Sharpen.Abi;

/// <summary><c>struct xenpf_microcode_update</c>: an update for the CPUs. Source: <c>platform.h</c>.</summary>
public struct PlatformMicrocode : IAbiData
{
    /// <summary><c>data</c>: where it is</summary>
    public ulong Data;

    /// <summary><c>length</c></summary>
    public uint Bytes;
}
