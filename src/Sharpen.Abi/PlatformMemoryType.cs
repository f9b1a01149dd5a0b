namespace Sharpen.Abi;

/// <summary><c>struct xenpf_read_memtype</c>: how the CPUs cache a range of memory. Source: <c>platform.h</c>.</summary>
public struct PlatformMemoryType : IAbiData
{
    /// <summary><c>reg</c>: which range</summary>
    public uint Register;

    /// <summary><c>mfn</c>: out, the first frame</summary>
    public ulong First;

    /// <summary><c>nr_mfns</c>: out, how many; zero for none</summary>
    public ulong Frames;

    /// <summary><c>type</c>: out, as the MTRRs encode it</summary>
    public uint Type;
}
