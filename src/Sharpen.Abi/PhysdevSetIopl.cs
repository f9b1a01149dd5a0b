namespace Sharpen.Abi;

/// <summary><c>struct physdev_set_iopl</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevSetIopl : IAbiData
{
    /// <summary><c>iopl</c>: 0 to 3</summary>
    public uint Iopl;
}
