namespace Sharpen.Abi;

/// <summary><c>Elf64_Phdr</c>: a segment of an ELF file. Source: the ELF-64 object file format.</summary>
public struct ElfProgramHeader : IAbiData
{
    /// <summary><c>p_type</c></summary>
    public ElfSegmentType Type;

    /// <summary><c>p_flags</c></summary>
    public uint Flags;

    /// <summary><c>p_offset</c></summary>
    public ulong Offset;

    /// <summary><c>p_vaddr</c></summary>
    public ulong VirtualAddress;

    /// <summary><c>p_paddr</c></summary>
    public ulong PhysicalAddress;

    /// <summary><c>p_filesz</c></summary>
    public ulong FileBytes;

    /// <summary><c>p_memsz</c></summary>
    public ulong MemoryBytes;

    /// <summary><c>p_align</c></summary>
    public ulong Alignment;
}
