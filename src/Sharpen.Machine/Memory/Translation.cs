namespace Sharpen.Machine.Memory;

/// <summary>Where a host address leads.</summary>
internal readonly struct Translation
{
    internal readonly MachineAddress Address;
    internal readonly PageAccess Access;

    /// <summary>The level of the entry that maps it: 1 for 4 KiB, 2 for 2 MiB, 3 for 1 GiB.</summary>
    internal readonly int Level;

    internal Translation(MachineAddress address, PageAccess access, int level)
    {
        Address = address;
        Access = access;
        Level = level;
    }
}
