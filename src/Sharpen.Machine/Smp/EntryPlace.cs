using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Smp;

/// <summary>A guest's claim where an entry of its page tables lies: by what it maps, or by its own machine address.</summary>
public readonly struct EntryPlace
{
    internal readonly ulong Address;
    internal readonly Mfn Root;
    internal readonly bool IsMachine;

    private EntryPlace(ulong address, Mfn root, bool isMachine)
    {
        Address = address;
        Root = root;
        IsMachine = isMachine;
    }

    /// <summary>The entry that maps an address for the kernel of a vCPU.</summary>
    public static EntryPlace Of(in VcpuContext context, ulong address) => new(address, GuestCpu.RootOf(in context), isMachine: false);

    /// <summary>The entry at a machine address.</summary>
    public static EntryPlace At(ulong machineAddress) => new(machineAddress, default, isMachine: true);
}
