namespace Sharpen.Abi;

/// <summary><c>Elf64_Ehdr</c>: the head of a 64-bit ELF file. Source: the ELF-64 object file format.</summary>
public struct ElfHeader : IAbiData
{
    /// <summary><c>e_ident</c></summary>
    public Bytes16 Identification;

    /// <summary><c>e_type</c></summary>
    public ushort Type;

    /// <summary><c>e_machine</c></summary>
    public ushort Machine;

    /// <summary><c>e_version</c></summary>
    public uint Version;

    /// <summary><c>e_entry</c></summary>
    public ulong Entry;

    /// <summary><c>e_phoff</c></summary>
    public ulong ProgramHeaders;

    /// <summary><c>e_shoff</c></summary>
    public ulong SectionHeaders;

    /// <summary><c>e_flags</c></summary>
    public uint Flags;

    /// <summary><c>e_ehsize</c></summary>
    public ushort HeaderBytes;

    /// <summary><c>e_phentsize</c></summary>
    public ushort ProgramHeaderBytes;

    /// <summary><c>e_phnum</c></summary>
    public ushort ProgramHeaderCount;

    /// <summary><c>e_shentsize</c></summary>
    public ushort SectionHeaderBytes;

    /// <summary><c>e_shnum</c></summary>
    public ushort SectionHeaderCount;

    /// <summary><c>e_shstrndx</c></summary>
    public ushort SectionNames;
}
