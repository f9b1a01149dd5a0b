namespace Sharpen.Machine.Memory;

/// <summary>A guest's page table of level 3. Its entries lead to tables of level 2.</summary>
public readonly struct L3Table : ITableOf<L2Table>
{
    public static FrameType Type => FrameType.L3Table;

    public static int Level => 3;
}
