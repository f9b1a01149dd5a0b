namespace Sharpen.Machine.Memory;

/// <summary>A frame that is a page table.</summary>
public interface IPageTable : IFrameType
{
    /// <summary>1 for the tables that hold pages, 4 for the root.</summary>
    static abstract int Level { get; }
}
