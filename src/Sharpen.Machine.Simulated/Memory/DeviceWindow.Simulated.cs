using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Memory;

/// <summary>Device registers are calls into the pretend devices; the "pointer" is the machine address.</summary>
public readonly unsafe partial struct DeviceWindow
{
    private static byte* Place(HostLinear page, MachineAddress start)
    {
        _ = page;
        return (byte*)start.Value;
    }

    private static uint Load32(byte* register) => (uint)SimulatedMachine.Current.ReadDevice((ulong)register, sizeof(uint));

    private static ulong Load64(byte* register) => SimulatedMachine.Current.ReadDevice((ulong)register, sizeof(ulong));

    private static void Store32(byte* register, uint value) => SimulatedMachine.Current.WriteDevice((ulong)register, sizeof(uint), value);

    private static void Store64(byte* register, ulong value) => SimulatedMachine.Current.WriteDevice((ulong)register, sizeof(ulong), value);
}
