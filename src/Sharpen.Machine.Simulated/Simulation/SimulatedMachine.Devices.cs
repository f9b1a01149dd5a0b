using System.Collections.Generic;

namespace Sharpen.Machine.Simulation;

/// <summary>The bus: which device answers at an address. Where none does, reads give all ones.</summary>
public sealed unsafe partial class SimulatedMachine
{
    /// <summary>The devices on the bus.</summary>
    public List<SimulatedDevice> Devices { get; } = [];

    internal ulong ReadDevice(ulong address, int bytes)
    {
        SimulatedDevice? device = DeviceAt(address);
        return device is null ? ulong.MaxValue : device.Read(address - device.Start, bytes);
    }

    internal void WriteDevice(ulong address, int bytes, ulong value)
    {
        SimulatedDevice? device = DeviceAt(address);
        device?.Write(address - device.Start, bytes, value);
    }

    private SimulatedDevice? DeviceAt(ulong address) =>
        Devices.Find(device => address >= device.Start && address - device.Start < device.Bytes);
}
