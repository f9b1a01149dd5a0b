using System;

namespace Sharpen.Abi;

/// <summary>What an entry of a grant table is and how it is used: a type in the lowest two bits, and flags. Source: <c>grant_table.h</c>.</summary>
[Flags]
public enum GrantFlags : ushort
{
    /// <summary>No grant.</summary>
    None = 0,

    /// <summary><c>GTF_permit_access</c>: the domain may map and copy the frame</summary>
    PermitAccess = 1,

    /// <summary><c>GTF_accept_transfer</c>: the domain may give a frame away to the owner</summary>
    AcceptTransfer = 2,

    /// <summary><c>GTF_transitive</c>: the domain may copy what another domain's grant gives to the owner; of the second version</summary>
    Transitive = 3,

    /// <summary><c>GTF_type_mask</c></summary>
    TypeMask = 3,

    /// <summary><c>GTF_readonly</c></summary>
    ReadOnly = 0x4,

    /// <summary><c>GTF_reading</c>: set while somebody uses it</summary>
    Reading = 0x8,

    /// <summary><c>GTF_writing</c>: set while somebody may write</summary>
    Writing = 0x10,

    /// <summary><c>GTF_sub_page</c>: only a part, and not to be mapped</summary>
    SubPage = 0x100,

    /// <summary><c>GTF_transfer_committed</c>: of a transfer: it is under way</summary>
    TransferCommitted = 0x4,

    /// <summary><c>GTF_transfer_completed</c>: of a transfer: the frame has come</summary>
    TransferCompleted = 0x8,
}
