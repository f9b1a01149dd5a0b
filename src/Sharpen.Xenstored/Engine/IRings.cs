using Sharpen.Abi;

namespace Sharpen.Xenstored.Engine;

/// <summary>What maps and unmaps the rings of domains: the only thing that the engine needs of the machine.</summary>
public interface IRings
{
    /// <summary>Maps a domain's ring and binds its port, anew if they were.</summary>
    Errno Attach(IntroducedDomain domain);

    /// <summary>Unmaps a domain's ring.</summary>
    void Detach(IntroducedDomain domain);
}
