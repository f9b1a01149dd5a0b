namespace Sharpen.Xenstored.Engine;

/// <summary>A domain with a ring, as the store was told of it.</summary>
/// <param name="client">Its end of the ring.</param>
/// <param name="page">The frame of the ring.</param>
/// <param name="port">The domain's port for it.</param>
public sealed class IntroducedDomain(Client client, ulong page, uint port)
{
    /// <summary>Its end of the ring.</summary>
    public Client Client { get; } = client;

    /// <summary>The frame of the ring.</summary>
    public ulong Page { get; internal set; } = page;

    /// <summary>The domain's port for it.</summary>
    public uint Port { get; internal set; } = port;

    /// <summary>Its shutdown was told by <c>@releaseDomain</c> already.</summary>
    public bool IsShutdown { get; internal set; }

    /// <summary>Its id.</summary>
    public ushort Id => Client.Actor.Domain;
}
