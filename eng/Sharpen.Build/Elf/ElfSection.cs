namespace Sharpen.Build.Elf;

/// <summary>A section header of an ELF64 file.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Type">SHT_ number.</param>
/// <param name="Flags">SHF_ bits.</param>
/// <param name="Address">Where it is linked; 0 in an object.</param>
/// <param name="Offset">In the file, bytes.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Link">Index of the section it refers to.</param>
internal readonly record struct ElfSection(string Name, uint Type, ulong Flags, ulong Address, ulong Offset, ulong Bytes, uint Link)
{
    /// <summary>SHF_EXECINSTR.</summary>
    public bool IsCode => (Flags & 4) != 0;
}
