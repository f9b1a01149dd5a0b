namespace System;

/// <summary>Literals only: the compiler lays them out, nothing builds one at run time.</summary>
public sealed class String
{
    private readonly int _stringLength;
    private char _firstChar;

    public int Length => _stringLength;

    [Runtime.CompilerServices.IndexerName("Chars")]
    public unsafe char this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_stringLength)
            {
                Internal.Runtime.CompilerHelpers.ThrowHelpers.ThrowIndexOutOfRangeException();
            }

            fixed (char* first = &_firstChar)
            {
                return first[index];
            }
        }
    }
}

public abstract class ValueType { }

public abstract class Enum : ValueType { }

public abstract class Array
{
    internal int _length;
    public int Length => _length;
}

internal class Array<T> : Array { }

public abstract class Delegate { }

public abstract class MulticastDelegate : Delegate { }

public class Exception
{
    public Exception() { }
    public Exception(string message) { }
}

public struct RuntimeTypeHandle { private nint _value; }

public struct RuntimeMethodHandle { private nint _value; }

public struct RuntimeFieldHandle { private nint _value; }

public abstract class Type { }

public interface IDisposable
{
    void Dispose();
}

public interface IEquatable<T>
{
    bool Equals(T other);
}
