using Sharpen.Abi;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>The page tables that the boot stub made, and what becomes of them.</summary>
internal static unsafe class BootTables
{
    private const int Identity = 0;
    private const ulong FourGibibytesInFrames = 0x10_0000;

    /// <summary>The stub's root stays the root.</summary>
    internal static Result<Mfn> Adopt()
    {
        HostFormat.Initialise();
        return new MachineAddress(Instructions.ReadCr3()).Frame;
    }

    /// <summary>Maps the image write-or-execute and the first 4 GiB of the direct map without execution.</summary>
    internal static Result Tighten(Mfn root) =>
        SeparateDirectMap(root).Try(out Errno error) && ProtectImage(root).Try(out error) ? Result.Success : error;

    /// <summary>Removes the identity map.</summary>
    internal static void DropIdentity(Mfn root) => PageTables<HostFormat>.EntriesOf(root)[Identity] = HostFormat.Empty;

    /// <summary>The stub's identity map and direct map share tables; the identity map must stay executable for starting CPUs.</summary>
    private static Result SeparateDirectMap(Mfn root)
    {
        if (!BootSource.TryTake(out Mfn scratch))
        {
            return Errno.NoMem;
        }

        PageTables<HostFormat>.Clear(scratch);
        FrameRange low = new(new Mfn(0), FourGibibytesInFrames);
        if (!PageTables<HostFormat>.Map<BootSource>(scratch, AddressSpace.DirectMap, low, PageAccess.Write).Try(out Errno error))
        {
            return error;
        }

        int slot = PageTables<HostFormat>.IndexAt(HostFormat.Levels, AddressSpace.DirectMap);
        PageTables<HostFormat>.EntriesOf(root)[slot] = PageTables<HostFormat>.EntriesOf(scratch)[slot];
        TranslationCache.FlushLocal();
        UntouchedMemory.Add(new FrameRange(scratch, 1), node: 0);
        return Result.Success;
    }

    private static Result ProtectImage(Mfn root)
    {
        if (!PageTables<HostFormat>.TryTranslate(root, ImageLayout.Start, out Translation start))
        {
            return Errno.Inval;
        }

        Mfn first = start.Address.Frame;
        DeviceFrames.Withhold(new FrameRange(first, Pages(ImageLayout.Start, ImageLayout.End)), DeviceAccess.Memory);
        HostLinear mappedEnd = AddressSpace.Image + AddressSpace.ImageBytes;
        bool done = Protect(root, first, ImageLayout.Start, ImageLayout.TextEnd, PageAccess.Execute).Try(out Errno error)
            && Protect(root, first, ImageLayout.TextEnd, ImageLayout.ReadOnlyEnd, PageAccess.Read).Try(out error)
            && Protect(root, first, ImageLayout.ReadOnlyEnd, ImageLayout.End, PageAccess.Write).Try(out error)
            && PageTables<HostFormat>.Unmap<BootSource>(root, ImageLayout.End, Pages(ImageLayout.End, mappedEnd)).Try(out error);
        return done ? Result.Success : error;
    }

    /// <summary>Maps a part of the image; what cannot be written there cannot be written through the direct map either.</summary>
    private static Result Protect(Mfn root, Mfn first, HostLinear start, HostLinear end, PageAccess access)
    {
        FrameRange frames = new(first + Pages(ImageLayout.Start, start), Pages(start, end));
        PageAccess alias = access & PageAccess.Write;
        return PageTables<HostFormat>.Map<BootSource>(root, start, frames, access).Try(out Errno error)
            ? PageTables<HostFormat>.Map<BootSource>(root, DirectMap.LinearOf(frames.First.Start), frames, alias)
            : error;
    }

    private static ulong Pages(HostLinear start, HostLinear end) => (end.Value - start.Value) >> PageSize.Shift;
}
