using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>
/// The hypervisor's own address space: the upper half that every guest's root shares. The entries of the root are fixed when
/// boot is over, so that a copy of them stays right; below, the tables are shared.
/// </summary>
internal static class HostTables
{
    internal struct HostTablesState
    {
        internal SpinLock<HostTablesRank> Lock;
        internal Mfn RootFrame;
    }

    private static ref HostTablesState State => ref Machine.State.Root.Of<HostTablesState>();

    internal static Mfn RootFrame => State.RootFrame;

    /// <summary>What a starting CPU loads as its root.</summary>
    internal static MachineAddress Root => State.RootFrame.Start;

    /// <summary>Adopts the boot tables, makes the shared slots, maps the image write-or-execute.</summary>
    internal static Result Initialise()
    {
        if (!BootTables.Adopt().Try(out Mfn root, out Errno error))
        {
            return error;
        }

        State.RootFrame = root;
        if (!PageTables<HostFormat>.Share<BootSource>(root, AddressSpace.MachineToPhysical, PageAccess.User).Try(out error))
        {
            return error;
        }

        for (int slot = 0; slot < AddressSpace.SharedSlots; slot++)
        {
            if (!PageTables<HostFormat>.Share<BootSource>(root, AddressSpace.SharedSlot(slot)).Try(out error))
            {
                return error;
            }
        }

        if (!BootTables.Tighten(root).Try(out error))
        {
            return error;
        }

        TranslationCache.FlushLocal();
        return Result.Success;
    }

    /// <summary>Maps a run of frames into the hypervisor's address space. The range must lie in one of the shared slots.</summary>
    /// <returns>ENOMEM when tables are short; nothing is mapped then.</returns>
    internal static Result Map<TOuter>(scoped in Locked<TOuter> outer, HostLinear start, FrameRange frames, PageAccess access)
        where TOuter : IBefore<HostTablesRank>
    {
        ref HostTablesState state = ref State;
        using Locked<HostTablesRank> held = state.Lock.Enter(outer);
        if (PageTables<HostFormat>.Map<HeapSource>(state.RootFrame, start, frames, access).Try(out Errno error))
        {
            return Result.Success;
        }

        PageTables<HostFormat>.Unmap<HeapSource>(state.RootFrame, start, frames.Frames).Try(out _);
        TranslationCache.FlushLocal();
        return error;
    }

    /// <summary>The same, for who holds no lock.</summary>
    internal static Result Map(HostLinear start, FrameRange frames, PageAccess access) => Map(NoLocks.Held, start, frames, access);

    /// <summary>Ends a mapping on this CPU. The caller makes the other CPUs flush before the addresses or frames are used again.</summary>
    internal static Result Unmap<TOuter>(scoped in Locked<TOuter> outer, HostLinear start, ulong pages)
        where TOuter : IBefore<HostTablesRank>
    {
        ref HostTablesState state = ref State;
        using Locked<HostTablesRank> held = state.Lock.Enter(outer);
        Result result = PageTables<HostFormat>.Unmap<HeapSource>(state.RootFrame, start, pages);
        TranslationCache.FlushLocal();
        return result;
    }

    /// <summary>Where an address of the hypervisor leads; false when nowhere.</summary>
    internal static bool TryTranslate(HostLinear address, out Translation translation) =>
        PageTables<HostFormat>.TryTranslate(State.RootFrame, address, out translation);

    /// <summary>The frame behind an address that is known to be mapped.</summary>
    internal static Mfn FrameOf(HostLinear address)
    {
        Bug.Unless(TryTranslate(address, out Translation translation));
        return translation.Address.Frame;
    }

    /// <summary>Removes the identity map that the boot stub and starting CPUs stand on. Once all CPUs are up.</summary>
    internal static void DropIdentity()
    {
        BootTables.DropIdentity(State.RootFrame);
        TranslationCache.FlushLocal();
    }
}
