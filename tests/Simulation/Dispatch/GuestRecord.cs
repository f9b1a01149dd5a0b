using Sharpen.Abi;

namespace Sharpen.Simulation.Dispatch;

/// <summary>What the world knows of one vCPU, kept apart from what the dispatcher believes.</summary>
public sealed class GuestRecord
{
    /// <summary>Its domain; its number is 0.</summary>
    public DomainId Domain;

    /// <summary>A register's content that must follow the vCPU from CPU to CPU.</summary>
    public ulong Counter;

    /// <summary>It sleeps until an event or its timer.</summary>
    public bool IsBlocked;

    /// <summary>Pauses less unpauses.</summary>
    public int Pauses;

    /// <summary>When its timer is due; never when it is not armed or has fired.</summary>
    public ulong Timer = ulong.MaxValue;

    /// <summary>Its timer port.</summary>
    public uint Port;

    /// <summary>When it was made.</summary>
    public ulong Born;
}
