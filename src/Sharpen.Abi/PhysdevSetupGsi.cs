namespace Sharpen.Abi;

/// <summary><c>struct physdev_setup_gsi</c>. Source: <c>physdev.h</c>.</summary>
public struct PhysdevSetupGsi : IAbiData
{
    /// <summary><c>gsi</c></summary>
    public int Gsi;

    /// <summary><c>triggering</c></summary>
    public byte Triggering;

    /// <summary><c>polarity</c></summary>
    public byte Polarity;
}
