using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Engine;

/// <summary>Is told of everything that must survive the daemon, before anybody is answered.</summary>
public interface IStoreLog
{
    /// <summary>A node changed.</summary>
    void Changed(Actor actor, in Change change);

    /// <summary>A domain was introduced, or its flags changed.</summary>
    void Introduced(IntroducedDomain domain);

    /// <summary>A domain is gone, and all that was its own.</summary>
    void Released(ushort domain);

    /// <summary>A domain set a watch.</summary>
    void Watched(Watch watch);

    /// <summary>A domain ended a watch.</summary>
    void Unwatched(Watch watch);

    /// <summary>A domain began a transaction.</summary>
    void Began(Client client, uint transaction);

    /// <summary>A domain ended a transaction.</summary>
    void Ended(Client client, uint transaction);

    /// <summary>A limit was changed while the daemon ran.</summary>
    void Limited(string name, int limit);
}
