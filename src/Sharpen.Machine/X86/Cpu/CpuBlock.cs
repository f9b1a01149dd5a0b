using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharpen.Machine.Cpu;

/// <summary>What the stubs and Machine keep for one CPU, in a page of its stack block, found from the stack pointer.</summary>
/// <remarks>Offsets are shared with Sharpen.Image/X86/layout.h.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 4096)]
internal unsafe struct CpuBlock
{
    internal const ulong BlockSize = 0x10000;
    internal const ulong NmiStackTop = 0x2000;
    internal const ulong MachineCheckStackTop = 0x4000;
    internal const ulong DoubleFaultStackTop = 0x6000;
    internal const ulong DebugStackTop = 0x8000;
    internal const ulong MainStackBottom = 0x9000;
    internal const ulong MainStackTop = 0xe000;
    internal const ulong Offset = 0xe000;
    internal const ulong SyscallPage = 0xf000;
    internal const int EpochOffset = 0x08;
    internal const int LocksOffset = 0x60;
    internal const int PassingOffset = 0x200;

    /// <summary>Where in that page system calls of compatibility mode come in.</summary>
    internal const ulong ShortSyscall = 0x80;

    /// <summary>Bytes of <see cref="Abi.CpuUserRegisters"/> at the top of the main stack.</summary>
    internal const ulong GuestFrame = MainStackTop - 200;

    /// <summary>The CPU's number.</summary>
    [FieldOffset(0)]
    internal int Id;

    /// <summary>The local APIC's number.</summary>
    [FieldOffset(4)]
    internal uint ApicId;

    /// <summary>The epoch at which the CPU came in, plus one; 0 while it is outside. See <see cref="Pools.Quiescence"/>.</summary>
    [FieldOffset(EpochOffset)]
    internal ulong EpochInside;

    /// <summary>The guest's rsp during the first instructions of a system call.</summary>
    [FieldOffset(0x10)]
    internal ulong Scratch;

    /// <summary>The guest's xmm0: C# uses that register.</summary>
    [FieldOffset(0x20)]
    internal ulong Xmm0;

    /// <summary>The guest's xmm8: C# uses that register.</summary>
    [FieldOffset(0x30)]
    internal ulong Xmm8;

    /// <summary>1 when SMAP is on, so that the stubs open and close access to guest memory.</summary>
    [FieldOffset(0x40)]
    internal byte Smap;

    /// <summary>1 when CR0.TS is to be set while the guest runs. The stubs clear it on the way in.</summary>
    [FieldOffset(0x41)]
    internal byte TaskSwitched;

    /// <summary>1 while the main stack holds a guest's frame.</summary>
    [FieldOffset(0x42)]
    internal byte InGuestContext;

    /// <summary>1 when the next flush of translations is to write caches back as well.</summary>
    [FieldOffset(0x7c)]
    internal byte MustFlushCaches;

    /// <summary>1 when the stubs overwrite the stack of predicted returns on the way in from a guest.</summary>
    [FieldOffset(0x7e)]
    internal byte Returns;

    /// <summary>1 when CR4 keeps the time stamp counter from guests.</summary>
    [FieldOffset(0x7f)]
    internal byte TimeHidden;

    /// <summary>1 when there is something to look at before the guest goes on; see <see cref="Cpu.Attention"/>.</summary>
    [FieldOffset(0x7d)]
    internal byte Attention;

    /// <summary>The domain, plus one, whose page tables this CPU uses; 0 for none.</summary>
    [FieldOffset(0x44)]
    internal int Tables;

    /// <summary>The domain, plus one, whose page tables this CPU is about to use; 0 for none.</summary>
    [FieldOffset(0x48)]
    internal int NextTables;

    /// <summary>1 when breakpoints of a guest are armed.</summary>
    [FieldOffset(0x43)]
    internal byte DebugArmed;

    /// <summary>What XCR0 holds.</summary>
    [FieldOffset(0x18)]
    internal ulong Xcr0;

    /// <summary>Where in memory the page-table root now in CR3 lies.</summary>
    [FieldOffset(0x50)]
    internal ulong Root;

    /// <summary>How often other CPUs have asked this one to forget translations.</summary>
    [FieldOffset(0x58)]
    internal uint FlushesAsked;

    /// <summary>The value of <see cref="FlushesAsked"/> that the last flush has answered.</summary>
    [FieldOffset(0x5c)]
    internal uint FlushesDone;

    /// <summary>Locks that this CPU holds or waits for.</summary>
    [FieldOffset(LocksOffset)]
    internal int LocksHeld;

    /// <summary>Entries of the LDT that is loaded.</summary>
    [FieldOffset(0x64)]
    internal uint LdtEntries;

    /// <summary>Where the page-table entries of this CPU's area begin.</summary>
    [FieldOffset(0x68)]
    internal ulong AreaEntries;

    /// <summary>The entry of a page of zeros.</summary>
    [FieldOffset(0x70)]
    internal ulong EmptyEntry;

    /// <summary>Which pages of the area's first 32 are a guest's.</summary>
    [FieldOffset(0x78)]
    internal uint WindowMap;

    [FieldOffset(0x80)]
    internal TaskState Task;

    /// <summary>For what is on its way from or to a guest.</summary>
    [FieldOffset(PassingOffset)]
    internal fixed byte Passing[128];

    /// <summary>The block of the CPU that executes this.</summary>
    /// <remarks>Safety: every stack that C# runs on lies in a block of this shape.</remarks>
    internal static CpuBlock* Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            byte here;
            return (CpuBlock*)unchecked(((ulong)&here & ~(BlockSize - 1)) + Offset);
        }
    }

    /// <summary>The block of a CPU that was prepared.</summary>
    internal static CpuBlock* Of(CpuId cpu) => (CpuBlock*)(CpuArea.StackBlock(cpu) + Offset);

    /// <summary>The start of this CPU's stack block.</summary>
    internal static ulong Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            byte here;
            return (ulong)&here & ~(BlockSize - 1);
        }
    }
}
