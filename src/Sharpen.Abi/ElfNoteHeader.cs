namespace Sharpen.Abi;

/// <summary><c>Elf64_Nhdr</c>: the head of a note; name and value follow, each padded to four bytes. Source: the ELF-64 object file format.</summary>
public struct ElfNoteHeader : IAbiData
{
    /// <summary><c>n_namesz</c></summary>
    public uint NameBytes;

    /// <summary><c>n_descsz</c></summary>
    public uint ValueBytes;

    /// <summary><c>n_type</c></summary>
    public ElfNote Type;
}
