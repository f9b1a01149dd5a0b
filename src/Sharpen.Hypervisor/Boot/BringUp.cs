using Sharpen.Machine.Io;

namespace Sharpen.Hypervisor.Boot;

/// <summary>The order in which the host comes up; each line says what it makes true.</summary>
public static class BringUp
{
    /// <summary>From the stub's hand-over to the first guest.</summary>
    public static void Run()
    {
        SerialPort.Initialise();
        SerialPort.Write("Sharpen\r\n"u8);
    }
}
