namespace Sharpen.Machine.Efi;

/// <summary>What services answer; anything else is passed on as it is. Source: UEFI specification, appendix D.</summary>
public static class EfiStatus
{
    /// <summary>Done.</summary>
    public const ulong Success = 0;

    /// <summary>There is no such service.</summary>
    public const ulong Unsupported = Error | 3;

    /// <summary>An argument is none.</summary>
    public const ulong InvalidParameter = Error | 2;

    /// <summary>What is to be read does not fit.</summary>
    public const ulong BufferTooSmall = Error | 5;

    /// <summary>There is no such thing.</summary>
    public const ulong NotFound = Error | 14;

    private const ulong Error = 1UL << 63;
}
