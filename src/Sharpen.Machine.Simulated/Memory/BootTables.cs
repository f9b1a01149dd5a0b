using Sharpen.Abi;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>The pretend machine starts without tables: the root is made here.</summary>
internal static class BootTables
{
    internal static Result<Mfn> Adopt()
    {
        if (!BootSource.TryTake(out Mfn root))
        {
            return Errno.NoMem;
        }

        PageTables<HostFormat>.Clear(root);
        return root;
    }

    /// <summary>There is no image to protect.</summary>
    internal static Result Tighten(Mfn root)
    {
        _ = root;
        return Result.Success;
    }

    /// <summary>There is no identity map.</summary>
    internal static void DropIdentity(Mfn root) => _ = root;
}
