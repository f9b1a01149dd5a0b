using Sharpen.Hypervisor.Console;

namespace Sharpen.Hypervisor.Boot;

/// <summary>The order in which the host comes up; each line says what it makes true.</summary>
public static class BringUp
{
    /// <summary>From the stub's hand-over to the first guest.</summary>
    public static void Run()
    {
        HostConsole.Initialise();            // after this: lines come out
        Log.Info($"Sharpen");
    }
}
