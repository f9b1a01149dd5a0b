namespace System.Collections;

/// <summary>Present so that the compiler accepts foreach over arrays, which it turns into an index loop.</summary>
public interface IEnumerator
{
    object Current { get; }
    bool MoveNext();
}

public interface IEnumerable
{
    IEnumerator GetEnumerator();
}
