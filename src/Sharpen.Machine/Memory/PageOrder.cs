namespace Sharpen.Machine.Memory;

/// <summary>A power of two of frames, naturally aligned: 0 is 4 KiB, 9 is 2 MiB, 18 is 1 GiB.</summary>
public readonly struct PageOrder
{
    public readonly int Value;

    public PageOrder(int value) => Value = value;

    public static PageOrder Small => new(0);
    public static PageOrder Large => new(9);
    public static PageOrder Huge => new(18);

    /// <summary>The largest order that is ever handed out.</summary>
    public static PageOrder Max => Huge;

    public ulong Frames => 1UL << Value;
    public ulong Bytes => Frames << PageSize.Shift;

    /// <summary>The smallest order that holds so many bytes.</summary>
    public static PageOrder ForBytes(ulong bytes)
    {
        int order = 0;
        while (order < Max.Value && (1UL << (order + PageSize.Shift)) < bytes)
        {
            order++;
        }

        return new PageOrder(order);
    }
}
