namespace System;

public abstract class Attribute { }

public enum AttributeTargets
{
    Assembly = 1, Module = 2, Class = 4, Struct = 8, Enum = 16, Constructor = 32, Method = 64, Property = 128, Field = 256,
    Event = 512, Interface = 1024, Parameter = 2048, Delegate = 4096, ReturnValue = 8192, GenericParameter = 16384, All = 32767,
}

public sealed class AttributeUsageAttribute : Attribute
{
    public AttributeUsageAttribute(AttributeTargets validOn) { }
    public bool AllowMultiple { get; set; }
    public bool Inherited { get; set; }
}

public sealed class FlagsAttribute : Attribute { }

public sealed class ParamArrayAttribute : Attribute { }

public sealed class ObsoleteAttribute : Attribute
{
    public ObsoleteAttribute(string message) { }
}
