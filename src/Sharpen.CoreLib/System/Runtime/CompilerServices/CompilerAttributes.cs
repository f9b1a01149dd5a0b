namespace System.Runtime.CompilerServices;

public sealed class IntrinsicAttribute : Attribute { }

public sealed class IndexerNameAttribute : Attribute
{
    public IndexerNameAttribute(string name) { }
}

public sealed class ExtensionAttribute : Attribute { }

public sealed class IsReadOnlyAttribute : Attribute { }

public sealed class IsByRefLikeAttribute : Attribute { }

public sealed class IsUnmanagedAttribute : Attribute { }

public sealed class RequiresLocationAttribute : Attribute { }

public sealed class ScopedRefAttribute : Attribute { }

public sealed class RefSafetyRulesAttribute : Attribute
{
    public RefSafetyRulesAttribute(int version) { }
}

public sealed class CompilerGeneratedAttribute : Attribute { }

public sealed class UnsafeValueTypeAttribute : Attribute { }

public sealed class FixedBufferAttribute : Attribute
{
    public FixedBufferAttribute(Type elementType, int length) { }
}

public sealed class NullableAttribute : Attribute
{
    public NullableAttribute(byte value) { }
    public NullableAttribute(byte[] values) { }
}

public sealed class NullableContextAttribute : Attribute
{
    public NullableContextAttribute(byte value) { }
}

public sealed class RequiredMemberAttribute : Attribute { }

public sealed class CompilerFeatureRequiredAttribute : Attribute
{
    public CompilerFeatureRequiredAttribute(string featureName) { }
    public bool IsOptional { get; set; }
}

public sealed class SkipLocalsInitAttribute : Attribute { }

public sealed class ParamCollectionAttribute : Attribute { }

public sealed class CollectionBuilderAttribute : Attribute
{
    public CollectionBuilderAttribute(Type builderType, string methodName) { }
}

public sealed class InlineArrayAttribute : Attribute
{
    public InlineArrayAttribute(int length) => Length = length;
    public int Length { get; }
}

public sealed class InterpolatedStringHandlerAttribute : Attribute { }

public sealed class InterpolatedStringHandlerArgumentAttribute : Attribute
{
    public InterpolatedStringHandlerArgumentAttribute(string argument) { }
    public InterpolatedStringHandlerArgumentAttribute(params string[] arguments) { }
}

[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class InternalsVisibleToAttribute : Attribute
{
    public InternalsVisibleToAttribute(string assemblyName) { }
}

public sealed class DecimalConstantAttribute : Attribute { }

public static class IsExternalInit { }

public static class IsVolatile { }

public sealed class MethodImplAttribute : Attribute
{
    public MethodImplAttribute(MethodImplOptions options) { }
}

[Flags]
public enum MethodImplOptions
{
    NoInlining = 8, NoOptimization = 64, AggressiveInlining = 256, AggressiveOptimization = 512, InternalCall = 4096,
}

public static class RuntimeFeature
{
    public const string ByRefFields = nameof(ByRefFields);
    public const string ByRefLikeGenerics = nameof(ByRefLikeGenerics);
    public const string DefaultImplementationsOfInterfaces = nameof(DefaultImplementationsOfInterfaces);
    public const string NumericIntPtr = nameof(NumericIntPtr);
    public const string UnmanagedSignatureCallingConvention = nameof(UnmanagedSignatureCallingConvention);
    public const string VirtualStaticsInInterfaces = nameof(VirtualStaticsInInterfaces);
}

public static class RuntimeHelpers
{
    [Intrinsic]
    public static ReadOnlySpan<T> CreateSpan<T>(RuntimeFieldHandle field) => default;
}
