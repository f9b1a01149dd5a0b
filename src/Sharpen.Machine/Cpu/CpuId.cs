namespace Sharpen.Machine.Cpu;

/// <summary>A physical CPU, numbered from 0 in the order of the firmware's tables.</summary>
public readonly struct CpuId
{
    /// <summary>The most CPUs that one host may have; ids are below it.</summary>
    public const int Limit = 4096;

    public readonly int Value;

    public CpuId(int value) => Value = value;

    public static bool operator ==(CpuId left, CpuId right) => left.Value == right.Value;

    public static bool operator !=(CpuId left, CpuId right) => left.Value != right.Value;

    public override bool Equals(object? other) => false;

    public override int GetHashCode() => Value;
}
