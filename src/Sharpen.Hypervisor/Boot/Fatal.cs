using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Cpu;

namespace Sharpen.Hypervisor.Boot;

/// <summary>The host cannot come up: says why and stops.</summary>
public static class Fatal
{
    /// <summary>Never returns.</summary>
    public static void Stop(string reason)
    {
        HostConsole.EnterPanic();
        Log.Error($"{reason}. Halted.");
        Processor.Stop();
    }
}
