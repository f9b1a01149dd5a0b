using System.Runtime.InteropServices;

namespace Sharpen.Xen.Store;

/// <summary><c>struct xsd_sockmsg</c>: what stands before each message. Source: <c>io/xs_wire.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct StoreHeader
{
    /// <summary>Its size in bytes.</summary>
    public const int Size = 16;

    /// <summary><c>XENSTORE_PAYLOAD_MAX</c>: the most bytes that follow.</summary>
    public const int MostPayload = 4096;

    /// <summary><c>type</c></summary>
    public StoreMessage Type;

    /// <summary><c>req_id</c>: the asker's, echoed in the answer.</summary>
    public uint Request;

    /// <summary><c>tx_id</c>: a transaction; 0: none.</summary>
    public uint Transaction;

    /// <summary><c>len</c>: bytes that follow.</summary>
    public uint Length;
}
