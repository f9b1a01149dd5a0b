using System;

namespace Sharpen.Abi;

/// <summary>Flags of <see cref="StartInfo"/>. Source: <c>xen.h</c>.</summary>
[Flags]
public enum StartFlags : uint
{
    /// <summary><c>SIF_PRIVILEGED</c></summary>
    Privileged = 1,

    /// <summary><c>SIF_INITDOMAIN</c></summary>
    InitialDomain = 2,

    /// <summary><c>SIF_MULTIBOOT_MOD</c></summary>
    MultibootModule = 4,

    /// <summary><c>SIF_MOD_START_PFN</c></summary>
    ModuleStartIsPfn = 8,

    /// <summary><c>SIF_VIRT_P2M_4TOOLS</c></summary>
    VirtualP2mForTools = 16,
}
