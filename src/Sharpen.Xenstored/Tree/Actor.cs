namespace Sharpen.Xenstored.Tree;

/// <summary>Who asks: a domain, with what it may do as another one.</summary>
/// <param name="Domain">Its id.</param>
/// <param name="Target">The domain it acts for too; itself when there is none.</param>
/// <param name="IsPrivileged">May do all.</param>
public readonly record struct Actor(ushort Domain, ushort Target, bool IsPrivileged)
{
    /// <summary>The control domain.</summary>
    public static Actor Control => new(0, 0, true);

    /// <summary>Whether it is or acts for a domain.</summary>
    public bool Is(ushort domain) => Domain == domain || Target == domain;
}
