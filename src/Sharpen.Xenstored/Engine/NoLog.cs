using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Engine;

/// <summary>Keeps nothing.</summary>
public sealed class NoLog : IStoreLog
{
    public void Changed(Actor actor, in Change change)
    {
    }

    public void Introduced(IntroducedDomain domain)
    {
    }

    public void Released(ushort domain)
    {
    }

    public void Watched(Watch watch)
    {
    }

    public void Unwatched(Watch watch)
    {
    }

    public void Began(Client client, uint transaction)
    {
    }

    public void Ended(Client client, uint transaction)
    {
    }

    public void Limited(string name, int limit)
    {
    }
}
