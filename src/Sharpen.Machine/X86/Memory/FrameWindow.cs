using System.Numerics;
using System.Threading;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Results;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Memory;

/// <summary>Looks at frames beyond the direct map through a page of this CPU's area.</summary>
/// <remarks>Safety: windows and their mask belong to one CPU, which runs to completion; a page is not used again before it is closed.</remarks>
internal static unsafe class FrameWindow
{
    internal struct FrameWindowState
    {
        /// <summary>One bit for each open window, by CPU.</summary>
        internal Fixed4096<byte> Open;
    }

    private const uint All = (1U << AddressSpace.WindowsPerCpu) - 1;

    /// <summary>Maps the frame for this CPU. More open at once than there are windows is a bug of ours.</summary>
    internal static byte* Open(Mfn frame)
    {
        CpuId cpu = Processor.Id;
        ref byte open = ref Root.Of<FrameWindowState>().Open[cpu.Value];
        Bug.Unless(open != All);
        int window = BitOperations.TrailingZeroCount(~(uint)open);
        open |= (byte)(1 << window);
        HostLinear page = PlaceOf(cpu) + ((ulong)(uint)window << PageSize.Shift);
        Volatile.Write(ref *EntryOf(page), HostFormat.Leaf(1, frame, PageAccess.Write));
        return (byte*)page.Value;
    }

    internal static void Close(byte* window)
    {
        CpuId cpu = Processor.Id;
        HostLinear page = new((ulong)window);
        int number = (int)((page.Value - PlaceOf(cpu).Value) >> PageSize.Shift);
        Volatile.Write(ref *EntryOf(page), HostFormat.Empty);
        TranslationCache.FlushLocal(page);
        Root.Of<FrameWindowState>().Open[cpu.Value] &= (byte)(All & ~(1U << number));
    }

    private static HostLinear PlaceOf(CpuId cpu) => new(CpuArea.Start(cpu) + CpuArea.Windows);

    /// <summary>The entry of a window: its table exists since the CPU's area was made.</summary>
    private static ulong* EntryOf(HostLinear page)
    {
        int level = 0;
        ulong* entry = PageTables<HostFormat>.Find(HostTables.RootFrame, page, ref level);
        Bug.Unless(level == 1);
        return entry;
    }
}
