namespace Sharpen.Machine.Time;

/// <summary>A counter of known rate that counts up and wraps; what others are measured against.</summary>
internal interface IReferenceCounter
{
    /// <summary>The bits that count.</summary>
    static abstract uint Mask { get; }

    /// <summary>Its value now, in ticks; bits outside the mask are undefined.</summary>
    uint Read();
}
