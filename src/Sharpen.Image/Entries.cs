using System.Runtime;
using Sharpen.Hypervisor.Boot;

namespace Sharpen.Image;

/// <summary>What the assembly stubs call.</summary>
internal static class Entries
{
    [RuntimeExport("image_start")]
    private static void Start() => BringUp.Run();
}
