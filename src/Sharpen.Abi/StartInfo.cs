namespace Sharpen.Abi;

/// <summary><c>struct start_info</c>: what a PV kernel finds at the address in rsi. Source: <c>xen.h</c>.</summary>
public struct StartInfo : IAbiData
{
    /// <summary><c>magic</c></summary>
    public Bytes32 Magic;

    /// <summary><c>nr_pages</c></summary>
    public ulong PageCount;

    /// <summary><c>shared_info</c>: a machine address</summary>
    public ulong SharedInfoAddress;

    /// <summary><c>flags</c></summary>
    public StartFlags Flags;

    /// <summary><c>store_mfn</c></summary>
    public ulong StoreMfn;

    /// <summary><c>store_evtchn</c></summary>
    public uint StorePort;

    /// <summary><c>console.domU.mfn</c></summary>
    public ulong ConsoleMfn;

    /// <summary><c>console.domU.evtchn</c></summary>
    public uint ConsolePort;

    /// <summary><c>pt_base</c>: linear address of the root table</summary>
    public ulong PageTableBase;

    /// <summary><c>nr_pt_frames</c></summary>
    public ulong PageTableFrames;

    /// <summary><c>mfn_list</c>: linear address of the pfn-to-mfn list</summary>
    public ulong MfnList;

    /// <summary><c>mod_start</c></summary>
    public ulong ModuleStart;

    /// <summary><c>mod_len</c></summary>
    public ulong ModuleBytes;

    /// <summary><c>cmd_line</c></summary>
    public Bytes1024 CommandLine;

    /// <summary><c>first_p2m_pfn</c></summary>
    public ulong FirstP2mPfn;

    /// <summary><c>nr_p2m_frames</c></summary>
    public ulong P2mFrames;
}
