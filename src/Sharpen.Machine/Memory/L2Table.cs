namespace Sharpen.Machine.Memory;

/// <summary>A guest's page table of level 2. Its entries lead to tables of level 1.</summary>
public readonly struct L2Table : ITableOf<L1Table>
{
    public static FrameType Type => FrameType.L2Table;

    public static int Level => 2;
}
