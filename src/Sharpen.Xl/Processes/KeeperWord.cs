namespace Sharpen.Xl.Processes;

/// <summary>What is said to the <see cref="Keeper"/>.</summary>
public enum KeeperWord : byte
{
    /// <summary>From here on there may be something of a domain; should whoever says so end without another word, it is destroyed.</summary>
    Begin = (byte)'b',

    /// <summary>The domain is made: stay with it.</summary>
    Keep = (byte)'k',

    /// <summary>The domain is made, and somebody else stays with it; or nothing is left of it.</summary>
    Leave = (byte)'l',

    /// <summary>The domain has other disks than before; only of one that is stayed with.</summary>
    Disks = (byte)'d',
}
