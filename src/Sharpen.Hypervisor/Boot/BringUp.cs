using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Boot;

/// <summary>The order in which the host comes up; each line says what it makes true.</summary>
public static class BringUp
{
    /// <summary>From the stub's hand-over, on the boot stack, to the boot CPU's own stack.</summary>
    public static void Early()
    {
        HostConsole.Initialise();
        Processors.CatchFaults();
        Log.Info($"Sharpen");
    }


    /// <summary>The boot CPU on its own stack.</summary>
    public static NextStep Main() => NextStep.Idle;

    /// <summary>Another CPU on its own stack.</summary>
    public static NextStep OtherCpu() => NextStep.Idle;
}
