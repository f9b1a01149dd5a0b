using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Grants;

/// <summary>How large the grant tables of a domain may become. What the operator says holds for domains that are made afterwards.</summary>
public struct GrantLimits
{
    /// <summary>The most that an operator may ask for, of either.</summary>
    public const int Largest = 1 << 15;

    private const int UsualFrames = 64;
    private const int UsualMapFrames = 1024;

    /// <summary>Pages of grants that the domain gives, 512 each.</summary>
    public int Frames;

    /// <summary>Pages of what it has mapped of others' grants, 256 mappings each.</summary>
    public int MapFrames;

    /// <summary>The newest version of the interface that the domain may choose; zero for the newest there is.</summary>
    public uint Version;

    private struct State
    {
        internal GrantLimits Limits;
    }

    /// <summary>What holds for new domains. Zero stands for what is usual.</summary>
    public static GrantLimits Current
    {
        get
        {
            GrantLimits limits = Root.Of<State>().Limits;
            limits.Frames = limits.Frames == 0 ? UsualFrames : limits.Frames;
            limits.MapFrames = limits.MapFrames == 0 ? UsualMapFrames : limits.MapFrames;
            return limits;
        }
    }

    /// <summary>Sets it, at boot and when the operator says something else.</summary>
    /// <param name="frames">1 to <see cref="Largest"/>, or zero.</param>
    /// <param name="mapFrames">The same.</param>
    public static void Set(int frames, int mapFrames) => Root.Of<State>().Limits = new GrantLimits { Frames = frames, MapFrames = mapFrames };
}
