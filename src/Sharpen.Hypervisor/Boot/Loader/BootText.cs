namespace Sharpen.Hypervisor.Boot.Loader;

/// <summary>A text in the pool of <see cref="BootInformation"/>.</summary>
public readonly struct BootText
{
    internal BootText(int start, int length)
    {
        Start = start;
        Length = length;
    }

    internal int Start { get; }

    internal int Length { get; }
}
