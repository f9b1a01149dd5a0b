namespace Sharpen.Hypervisor.Domains;

/// <summary>The vCPUs of one domain that an event concerns: at most one that it notifies, and all that poll, if any do.</summary>
public readonly struct VcpuSet
{
    private readonly int _oneMore;

    private VcpuSet(int oneMore, bool hasPollers)
    {
        _oneMore = oneMore;
        HasPollers = hasPollers;
    }

    /// <summary>No vCPU.</summary>
    public static VcpuSet None => default;

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => _oneMore == 0 && !HasPollers;

    /// <summary>The one that is notified, or -1.</summary>
    public int One => unchecked(_oneMore - 1);

    /// <summary>All that poll are among them.</summary>
    public bool HasPollers { get; }

    /// <summary>The vCPU of one number below <see cref="Domain.MaxVcpus"/>.</summary>
    public static VcpuSet Of(int index) => new(unchecked(index + 1), false);

    /// <summary>The same, and those that poll if there are any.</summary>
    public VcpuSet WithPollers(bool hasPollers) => new(_oneMore, hasPollers);
}
