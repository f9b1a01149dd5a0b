namespace Sharpen.Machine.Smp;

/// <summary>The last words of the trampoline, which tell a waking CPU where to go. Same order as trampoline.S.</summary>
internal unsafe struct TrampolineData
{
    internal ulong Root;
    internal ulong Efer;
    internal ulong Stack;
    internal void* Runner;
    internal void* Function;
}
