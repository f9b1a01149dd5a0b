namespace Sharpen.Abi;

/// <summary>Marks a structure that is nothing but a fixed number of <typeparamref name="T"/> in a row.</summary>
/// <typeparam name="T">The element: plain data.</typeparam>
public interface IInlineArray<T> : IAbiData
    where T : unmanaged;
