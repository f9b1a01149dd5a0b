using System;
using Sharpen.Abi;

namespace Sharpen.Hypervisor.Hypercalls.HypFs;

/// <summary>The tree of the hypervisor's file system: a table, walked by names.</summary>
internal static class HypFsTree
{
    private const uint LevelBytes = 16;
    private const uint NumberBytes = 12;

    /// <summary>What an entry is.</summary>
    internal static HypFsRow Row(HypFsNode node) => node switch
    {
        HypFsNode.BuildInfo => new(HypFsNode.Root, HypFsType.Directory, "buildinfo"u8),
        HypFsNode.Params => new(HypFsNode.Root, HypFsType.Directory, "params"u8),
        HypFsNode.CpuPools => new(HypFsNode.Root, HypFsType.Directory, "cpupool"u8),
        HypFsNode.CompileInfo => new(HypFsNode.BuildInfo, HypFsType.Directory, "compileinfo"u8),
        HypFsNode.Version => new(HypFsNode.BuildInfo, HypFsType.Directory, "version"u8),
        HypFsNode.ChangeSet => new(HypFsNode.BuildInfo, HypFsType.Text, "changeset"u8),
        HypFsNode.CompileBy => new(HypFsNode.CompileInfo, HypFsType.Text, "compile_by"u8),
        HypFsNode.CompileDate => new(HypFsNode.CompileInfo, HypFsType.Text, "compile_date"u8),
        HypFsNode.CompileDomain => new(HypFsNode.CompileInfo, HypFsType.Text, "compile_domain"u8),
        HypFsNode.Compiler => new(HypFsNode.CompileInfo, HypFsType.Text, "compiler"u8),
        HypFsNode.Extra => new(HypFsNode.Version, HypFsType.Text, "extra"u8),
        HypFsNode.Major => new(HypFsNode.Version, HypFsType.Unsigned, "major"u8),
        HypFsNode.Minor => new(HypFsNode.Version, HypFsType.Unsigned, "minor"u8),
        HypFsNode.GrantFrames => new(HypFsNode.Params, HypFsType.Text, "gnttab_max_frames"u8, NumberBytes),
        HypFsNode.GrantMapFrames => new(HypFsNode.Params, HypFsType.Text, "gnttab_max_maptrack_frames"u8, NumberBytes),
        HypFsNode.GuestLevel => new(HypFsNode.Params, HypFsType.Text, "guest_loglvl"u8, LevelBytes),
        HypFsNode.Level => new(HypFsNode.Params, HypFsType.Text, "loglvl"u8, LevelBytes),
        HypFsNode.CpuPool => new(HypFsNode.CpuPools, HypFsType.Directory, "0"u8),
        HypFsNode.Granularity => new(HypFsNode.CpuPool, HypFsType.Text, "sched-gran"u8),
        _ => new(HypFsNode.Root, HypFsType.Directory, default),
    };

    /// <summary>The entry of a path. False: there is none.</summary>
    /// <param name="path">A slash, then names with a slash between each two; one more may end it.</param>
    /// <param name="node">The entry.</param>
    internal static bool TryFind(ReadOnlySpan<byte> path, out HypFsNode node)
    {
        node = HypFsNode.Root;
        ReadOnlySpan<byte> rest = path.Slice(1);
        while (!rest.IsEmpty)
        {
            int slash = rest.IndexOf((byte)'/');
            if (!TryChild(node, slash < 0 ? rest : rest.Slice(0, slash), out node))
            {
                return false;
            }

            rest = slash < 0 ? default : rest.Slice(slash + 1);
        }

        return true;
    }

    /// <summary>The entry of a directory that follows another one, or the first; <see cref="HypFsNode.Count"/> after the last.</summary>
    internal static HypFsNode ChildAfter(HypFsNode directory, HypFsNode last)
    {
        HypFsNode node = last + 1;
        while (node < HypFsNode.Count && Row(node).Parent != directory)
        {
            node++;
        }

        return node;
    }

    private static bool TryChild(HypFsNode directory, ReadOnlySpan<byte> name, out HypFsNode child)
    {
        child = ChildAfter(directory, HypFsNode.Root);
        while (child < HypFsNode.Count && !Row(child).Name.SequenceEqual(name))
        {
            child = ChildAfter(directory, child);
        }

        return child < HypFsNode.Count;
    }
}
