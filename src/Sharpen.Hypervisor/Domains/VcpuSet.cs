namespace Sharpen.Hypervisor.Domains;

/// <summary>The vCPUs of one domain that an event concerns: at most one that it notifies, and all that poll, if any do.</summary>
public readonly struct VcpuSet
{
    private const int Pollers = 1 << 30;

    // One word, so that it comes back in a register: the one's number plus one, and the bit for those that poll.
    private readonly int _word;

    private VcpuSet(int word) => _word = word;

    /// <summary>No vCPU.</summary>
    public static VcpuSet None => default;

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => _word == 0;

    /// <summary>The one that is notified, or -1.</summary>
    public int One => unchecked((_word & (Pollers - 1)) - 1);

    /// <summary>All that poll are among them.</summary>
    public bool HasPollers => (_word & Pollers) != 0;

    /// <summary>The vCPU of one number below <see cref="Domain.MaxVcpus"/>.</summary>
    public static VcpuSet Of(int index) => new(unchecked(index + 1));

    /// <summary>True when it is that vCPU alone.</summary>
    public bool IsOnly(int index) => _word == unchecked(index + 1);

    /// <summary>The same, and those that poll if there are any.</summary>
    public VcpuSet WithPollers(bool hasPollers) => hasPollers ? new(_word | Pollers) : this;
}
