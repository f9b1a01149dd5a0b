namespace System.Reflection;

/// <summary>The compiler marks types that have an indexer with it.</summary>
public sealed class DefaultMemberAttribute : Attribute
{
    public DefaultMemberAttribute(string memberName) { }
}
