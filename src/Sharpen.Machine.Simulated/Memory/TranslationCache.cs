namespace Sharpen.Machine.Memory;

/// <summary>The pretend CPU remembers nothing, but counts what it is told to forget.</summary>
internal static class TranslationCache
{
    internal static void FlushLocal() => Simulation.SimulatedMachine.Current.Memory.Flushes++;

    internal static void FlushLocal(HostLinear page)
    {
        _ = page;
        FlushLocal();
    }
}
