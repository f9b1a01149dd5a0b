using System;
using System.Runtime.InteropServices;
using Sharpen.Abi;

namespace Sharpen.Xen.Control;

/// <summary>Reads a <see cref="DomainInfo"/>.</summary>
public static class DomainInfoExtensions
{
    private const int ReasonShift = 16;
    private const uint ReasonMask = 0xff;

    extension(in DomainInfo info)
    {
        /// <summary>Whose it is.</summary>
        public DomainId Id => new(info.Domain);

        /// <summary>What the domain does.</summary>
        public DomainState State => (DomainState)(info.Flags & 0xffff);

        /// <summary>Why it stopped; of meaning only when it has.</summary>
        public ShutdownReason ShutdownReason => (ShutdownReason)((info.Flags >> ReasonShift) & ReasonMask);

        /// <summary>Its UUID.</summary>
        public Guid Uuid
        {
            get
            {
                Bytes16 handle = info.Handle;
                return new Guid(MemoryMarshal.AsBytes(new ReadOnlySpan<Bytes16>(in handle)), bigEndian: true);
            }
        }
    }
}
