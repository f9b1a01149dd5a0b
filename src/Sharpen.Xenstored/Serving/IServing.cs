using System;
using Sharpen.Xen;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;

namespace Sharpen.Xenstored.Serving;

/// <summary>What a link needs of its server.</summary>
internal interface IServing
{
    /// <summary>Does a request; its effect is kept with the next <see cref="Keep(RingLink)"/> or <see cref="Commit"/>.</summary>
    void Handle(Client client, in StoreHeader header, ReadOnlySpan<byte> payload);

    /// <summary>Begins the transaction that a client waits for, when it is its turn.</summary>
    /// <returns>Whether it was.</returns>
    bool Unpark(Client client);

    /// <summary>Keeps where a ring stands, and all effects before it.</summary>
    void Keep(RingLink link);

    /// <summary>Keeps all effects.</summary>
    void Commit();

    /// <summary>A domain begins anew: its watches and transactions end, and it is told nothing of before.</summary>
    void Reset(Client client);

    /// <summary>Tells the other end of a ring to look.</summary>
    void Notify(EventPort port);

    /// <summary>Ends a link to a program.</summary>
    void Close(SocketLink link);

    /// <summary>Tells people.</summary>
    void Log(string line);
}
