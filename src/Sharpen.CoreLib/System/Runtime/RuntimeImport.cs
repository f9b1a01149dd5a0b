namespace System.Runtime;

/// <summary>A function defined in assembly, called by a bare <c>call</c>.</summary>
internal sealed class RuntimeImportAttribute : Attribute
{
    public RuntimeImportAttribute(string entryPoint) { }
}

/// <summary>A method that assembly may call by this name.</summary>
internal sealed class RuntimeExportAttribute : Attribute
{
    public RuntimeExportAttribute(string entryPoint) { }
}
