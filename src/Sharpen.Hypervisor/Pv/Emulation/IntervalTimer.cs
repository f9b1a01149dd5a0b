using Sharpen.Machine.Io;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>
/// What the hardware domain may do with the interval timer: its third counter and the loudspeaker, which the hypervisor does not use while
/// guests run. Source: the data sheet of the Intel 8254.
/// </summary>
internal static class IntervalTimer
{
    private const ushort Counter = 0x42;
    private const ushort Command = 0x43;
    private const ushort Gate = 0x61;
    private const uint GateAndSpeaker = 3;
    private const int CounterField = 6;
    private const uint ThirdCounter = 2;

    /// <summary>True for a port that the hardware domain shares with the hypervisor.</summary>
    internal static bool Has(ushort port) => port is Counter or Command or Gate;

    /// <summary>Reads a byte.</summary>
    internal static uint Read(ushort port) => port == Command ? 0 : HostPorts.Read(port, 1);

    /// <summary>Writes a byte, as far as it concerns the third counter.</summary>
    internal static void Write(ushort port, uint value)
    {
        if (port == Gate)
        {
            HostPorts.Write(port, 1, (HostPorts.Read(port, 1) & ~GateAndSpeaker) | (value & GateAndSpeaker));
        }
        else if (port == Counter || ((value & 0xff) >> CounterField) == ThirdCounter)
        {
            HostPorts.Write(port, 1, value);
        }
    }
}
