using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sharpen.Machine.Diagnostics;

/// <summary>Moments that the benchmarks count instructions to: each is a symbol of the image that is executed once.</summary>
public static class Milestones
{
    /// <summary>The host is up; the first domain can be built.</summary>
    [RuntimeImport("ready_to_build_dom0")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void ReadyToBuild();
}
