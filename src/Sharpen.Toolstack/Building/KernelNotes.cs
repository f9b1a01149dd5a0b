namespace Sharpen.Toolstack.Building;

/// <summary>What a kernel says about itself in the ELF notes of the owner "Xen". Source: <c>elfnote.h</c>.</summary>
public sealed record KernelNotes
{
    /// <summary><c>XEN_ELFNOTE_ENTRY</c>: where it begins.</summary>
    public ulong? Entry { get; init; }

    /// <summary><c>XEN_ELFNOTE_VIRT_BASE</c>: the linear address of its page 0.</summary>
    public ulong VirtualBase { get; init; }

    /// <summary><c>XEN_ELFNOTE_PADDR_OFFSET</c>: what the ELF physical addresses have too much.</summary>
    public ulong PhysicalOffset { get; init; }

    /// <summary><c>XEN_ELFNOTE_HYPERCALL_PAGE</c>: the linear address of the page for hypercalls.</summary>
    public ulong? HypercallPage { get; init; }

    /// <summary><c>XEN_ELFNOTE_INIT_P2M</c>: the linear address where it wants the list of its frames.</summary>
    public ulong? InitialP2m { get; init; }

    /// <summary><c>XEN_ELFNOTE_GUEST_OS</c>.</summary>
    public string GuestOs { get; init; } = "";

    /// <summary><c>XEN_ELFNOTE_LOADER</c>: how it wants to be loaded; "generic" in all that are known.</summary>
    public string Loader { get; init; } = "";
}
