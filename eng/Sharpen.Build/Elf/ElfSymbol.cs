namespace Sharpen.Build.Elf;

/// <summary>A symbol of an ELF64 file.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Value">Address, or offset in its section.</param>
/// <param name="Bytes">Size; 0 when the producer did not say.</param>
/// <param name="Section">Index of its section; 0 when undefined.</param>
/// <param name="IsFunction">STT_FUNC.</param>
/// <param name="IsLocal">STB_LOCAL.</param>
internal readonly record struct ElfSymbol(string Name, ulong Value, ulong Bytes, int Section, bool IsFunction, bool IsLocal)
{
    /// <summary>Somebody else must define it.</summary>
    public bool IsUndefined => Section == 0 && Name.Length > 0;
}
