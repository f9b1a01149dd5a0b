using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Time;

/// <summary>The HPET's main counter, low half. Source: IA-PC HPET specification 1.0a, 2.3.7.</summary>
internal readonly struct HpetCounter(DeviceWindow registers) : IReferenceCounter
{
    private readonly DeviceWindow _registers = registers;

    /// <inheritdoc/>
    public static uint Mask => uint.MaxValue;

    /// <inheritdoc/>
    public uint Read() => _registers.Read32(0xf0);
}
