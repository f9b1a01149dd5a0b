namespace Sharpen.Build.Structure;

/// <summary>A namespace of an assembly, which is a folder of its project.</summary>
/// <param name="Assembly">Assembly name.</param>
/// <param name="Namespace">Full namespace.</param>
internal readonly record struct Folder(string Assembly, string Namespace)
{
    /// <summary>A folder. Those of the core library count as one: .NET's own namespaces use one another in circles, and ours are a subset of them.</summary>
    public static Folder Of(string assembly, string space) => new(assembly, assembly == "Sharpen.CoreLib" && space.Length > 0 ? assembly : space);

    /// <summary>The part of the namespace after the assembly's name, or the assembly's last word when there is none.</summary>
    public string Short => Namespace.Length > Assembly.Length + 1 && Namespace.StartsWith(Assembly + ".", System.StringComparison.Ordinal)
        ? Namespace[(Assembly.Length + 1)..]
        : Namespace == Assembly ? Assembly[(Assembly.LastIndexOf('.') + 1)..] : Namespace;

    /// <inheritdoc/>
    public override string ToString() => Namespace.StartsWith(Assembly, System.StringComparison.Ordinal) ? Namespace : $"{Namespace} of {Assembly}";
}
