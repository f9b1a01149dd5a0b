namespace Sharpen.Machine.Memory;

/// <summary>Where the walker gets frames for new tables: depends on what the caller holds.</summary>
internal interface ITableSource
{
    /// <summary>One frame that the direct map reaches, contents arbitrary; false when memory is short.</summary>
    static abstract bool TryTake(out Mfn frame);
}
