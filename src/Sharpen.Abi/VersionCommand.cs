namespace Sharpen.Abi;

/// <summary>What <see cref="Hypercall.XenVersion"/> is to tell. Source: <c>version.h</c>.</summary>
public enum VersionCommand : uint
{
    /// <summary><c>XENVER_version</c></summary>
    Version = 0,

    /// <summary><c>XENVER_extraversion</c></summary>
    ExtraVersion = 1,

    /// <summary><c>XENVER_compile_info</c></summary>
    CompileInfo = 2,

    /// <summary><c>XENVER_capabilities</c></summary>
    Capabilities = 3,

    /// <summary><c>XENVER_changeset</c></summary>
    ChangeSet = 4,

    /// <summary><c>XENVER_platform_parameters</c></summary>
    PlatformParameters = 5,

    /// <summary><c>XENVER_get_features</c></summary>
    GetFeatures = 6,

    /// <summary><c>XENVER_pagesize</c></summary>
    PageSize = 7,

    /// <summary><c>XENVER_guest_handle</c></summary>
    GuestHandle = 8,

    /// <summary><c>XENVER_commandline</c></summary>
    CommandLine = 9,

    /// <summary><c>XENVER_build_id</c></summary>
    BuildId = 10,
}
