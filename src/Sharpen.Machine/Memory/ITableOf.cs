namespace Sharpen.Machine.Memory;

/// <summary>A page table whose entries lead to tables of another kind.</summary>
/// <typeparam name="TChild">The tables below.</typeparam>
public interface ITableOf<TChild> : IPageTable
    where TChild : struct, IPageTable;
