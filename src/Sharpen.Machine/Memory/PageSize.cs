namespace Sharpen.Machine.Memory;

/// <summary>The size of a frame on every machine we run on.</summary>
public static class PageSize
{
    public const int Shift = 12;
    public const int Bytes = 1 << Shift;
    public const ulong OffsetMask = Bytes - 1;
}
