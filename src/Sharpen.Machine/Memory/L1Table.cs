namespace Sharpen.Machine.Memory;

/// <summary>A guest's page table of level 1. Its entries map pages.</summary>
public readonly struct L1Table : IPageTable
{
    public static FrameType Type => FrameType.L1Table;

    public static int Level => 1;
}
