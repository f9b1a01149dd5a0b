using System.Collections.Generic;

namespace Sharpen.Machine.Simulation;

/// <summary>Interrupt lines and PCI devices. A test asserts a line and takes what arrives; nothing interrupts by itself.</summary>
public sealed unsafe partial class SimulatedMachine
{
    private readonly HashSet<uint> _asserted = [];

    /// <summary>Pins of I/O APICs that have been programmed, by global interrupt.</summary>
    public Dictionary<uint, SimulatedPin> Pins { get; } = [];

    /// <summary>Configuration space, 256 bytes each, by bus and function.</summary>
    public Dictionary<(byte Bus, byte DevFn), byte[]> PciDevices { get; } = [];

    /// <summary>What has arrived at CPUs and waits to be taken.</summary>
    public Queue<(uint ApicId, byte Vector)> Arrived { get; } = [];

    /// <summary>A device raises its line: it stays raised until <see cref="Deassert"/>.</summary>
    public void Assert(uint pin)
    {
        bool isNew = _asserted.Add(pin);
        if (Pins.TryGetValue(pin, out SimulatedPin? state) && !state.IsMasked && (isNew || state.IsLevel))
        {
            Arrived.Enqueue((state.ApicId, state.Vector));
        }
    }

    /// <summary>The device is content.</summary>
    public void Deassert(uint pin) => _asserted.Remove(pin);

    /// <summary>The pin was programmed anew: a level that is still asserted arrives again.</summary>
    internal void Reassert(uint pin)
    {
        if (_asserted.Contains(pin) && Pins[pin].IsLevel)
        {
            Assert(pin);
        }
    }
}
