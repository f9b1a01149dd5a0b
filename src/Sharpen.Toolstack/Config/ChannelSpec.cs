namespace Sharpen.Toolstack.Config;

/// <summary>A channel of a guest, a stream of bytes between a program in it and one in dom0, as its configuration says it. Source: xl.cfg(5),
/// xen-pv-channel(7).</summary>
public sealed record ChannelSpec
{
    /// <summary>What programs in the guest know it by.</summary>
    public required string Name { get; init; }

    /// <summary>The Unix socket that programs of dom0 connect to; empty for a terminal of its own.</summary>
    public string SocketPath { get; init; } = "";

    /// <summary>It ends in a terminal, not in a socket.</summary>
    public bool IsTerminal => SocketPath.Length == 0;
}
