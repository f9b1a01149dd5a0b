namespace System;

/// <summary>The root of all classes: one word, the method table.</summary>
public unsafe class Object
{
    internal void* _methodTable;

    public Object() { }
    ~Object() { }

    public virtual bool Equals(object other) => this == other;
    public virtual int GetHashCode() => 0;
    public virtual string ToString() => null;
    public static bool ReferenceEquals(object left, object right) => left == right;
}
