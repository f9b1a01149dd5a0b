namespace System.Diagnostics.CodeAnalysis;

public sealed class UnscopedRefAttribute : Attribute { }

public sealed class DoesNotReturnAttribute : Attribute { }

public sealed class SetsRequiredMembersAttribute : Attribute { }

public sealed class SuppressMessageAttribute : Attribute
{
    public SuppressMessageAttribute(string category, string checkId) { }
    public string Justification { get; set; }
}
