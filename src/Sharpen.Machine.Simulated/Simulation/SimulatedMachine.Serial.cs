using System.Collections.Generic;
using System.Text;

namespace Sharpen.Machine.Simulation;

/// <summary>The serial line.</summary>
public sealed unsafe partial class SimulatedMachine
{
    /// <summary>All that the hypervisor has written.</summary>
    public List<byte> SerialOutput { get; } = [];

    /// <summary>Fault: no port answers.</summary>
    public bool SerialIsAbsent { get; set; }

    /// <summary>Fault: the port takes no bytes.</summary>
    public bool SerialIsStuck { get; set; }

    /// <summary>How often the hypervisor offered bytes.</summary>
    public int SerialOffers { get; set; }

    /// <summary>The hypervisor wants an interrupt when the port takes bytes.</summary>
    public bool SerialWaitsForReady { get; set; }

    /// <summary>Bytes waiting to be read by the hypervisor.</summary>
    public Queue<byte> SerialInput { get; } = [];

    /// <summary>The output as text.</summary>
    public string SerialText => Encoding.ASCII.GetString([.. SerialOutput]);
}
