namespace Sharpen.Machine.Smp;

/// <summary>The last words of the trampoline, which tell a waking CPU where to go. Same order as trampoline.S.</summary>
internal unsafe struct TrampolineData
{
    /// <summary>Not zero for the one CPU that is to come; who takes it goes on, and whoever else comes halts.</summary>
    internal ulong Ticket;

    internal ulong Root;
    internal ulong Efer;
    internal ulong Stack;
    internal void* Runner;
    internal void* Function;
}
