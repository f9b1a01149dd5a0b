namespace System.Runtime;

/// <summary>ILC requires these names; casts between classes are not used in the hypervisor, so they are refused.</summary>
internal static class TypeCast
{
    internal static object IsInstanceOfClass(nint target, object instance) => null;
    internal static object IsInstanceOfInterface(nint target, object instance) => null;
    internal static object IsInstanceOfAny(nint target, object instance) => null;
    internal static bool IsInstanceOfException(nint target, object instance) => false;
    internal static object CheckCastClass(nint target, object instance) => instance;
    internal static object CheckCastInterface(nint target, object instance) => instance;
    internal static object CheckCastAny(nint target, object instance) => instance;
    internal static object CheckCastClassSpecial(nint target, object instance) => instance;
}
