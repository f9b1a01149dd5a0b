namespace Sharpen.Toolstack.Registry;

/// <summary>A domain that the host knows of, whether it runs or not.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">The file with its configuration.</param>
/// <param name="IsAutomatic">It is started with the host.</param>
public readonly record struct DefinedDomain(string Name, string Path, bool IsAutomatic);
