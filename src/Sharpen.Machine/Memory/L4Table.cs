namespace Sharpen.Machine.Memory;

/// <summary>A guest's page table of level 4. A root: what a vCPU runs on.</summary>
public readonly struct L4Table : ITableOf<L3Table>
{
    public static FrameType Type => FrameType.L4Table;

    public static int Level => 4;
}
