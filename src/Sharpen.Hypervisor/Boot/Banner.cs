using Sharpen.Hypervisor.Console;

namespace Sharpen.Hypervisor.Boot;

/// <summary>Who speaks.</summary>
public static class Banner
{
    /// <summary>The first line of every log.</summary>
    public static void Print() => Log.Info($"Sharpen: a hypervisor with Xen's ABI, version 4.17");
}
