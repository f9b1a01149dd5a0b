namespace Sharpen.Machine.Cpu;

/// <summary>Where a CPU's own pages lie: 256 KiB a CPU in slot 260. The picture is in docs/address-space.md.</summary>
internal static class CpuArea
{
    internal const ulong Base = 0xffff820000000000;
    internal const ulong Size = 0x40000;
    internal const ulong GdtWindow = 0x00000;
    internal const ulong LdtWindow = 0x10000;
    internal const ulong Stacks = 0x20000;
    internal const ulong Data = 0x30000;
    internal const ulong Windows = 0x38000;

    internal static ulong Start(CpuId cpu) => Base + ((ulong)(uint)cpu.Value * Size);

    internal static ulong StackBlock(CpuId cpu) => Start(cpu) + Stacks;
}
