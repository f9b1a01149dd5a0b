using Sharpen.Abi;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Grants;

/// <summary>What one domain has mapped of others' grants, by handle. Lies in its domain; all zero before <see cref="Create"/> and after <see cref="Release"/>.</summary>
/// <remarks>Under the lock of the domain whose mappings they are: they change together with its page tables.</remarks>
public struct GrantMappings
{
    private const int PerMapFrame = 256;

    private HostRows<GrantMapping> _rows;

    /// <summary>The first free handle plus one, or zero.</summary>
    private uint _firstFree;

    /// <summary>Handles from this one on have never been used.</summary>
    private uint _fresh;
    private uint _most;
    private int _live;

    /// <summary>Parts of mappings whose entries are gone, while a call undoes them; empty between calls.</summary>
    internal Fixed32<GrantUndone> Undone;

    /// <summary>Mappings there are.</summary>
    public readonly int Count => _live;

    /// <summary>Handles that have ever been used are below it.</summary>
    public readonly uint Limit => _fresh;

    /// <summary>Frames of the host that exist for this store.</summary>
    public readonly ulong HostFrames => _rows.Frames;

    /// <summary>Makes room. ENOMEM; EINVAL: done before.</summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="limits">How many mappings there may be.</param>
    public Result Create(scoped in Locked<DomainRank> held, GrantLimits limits)
    {
        _most = (uint)limits.MapFrames * PerMapFrame;
        return _rows.Initialise(held, (((limits.MapFrames * PerMapFrame) - 1) / HostRows<GrantMapping>.PerPage) + 1);
    }

    /// <summary>A handle, which stands for nothing yet. ENOSPC: there are too many; ENOMEM.</summary>
    public Result<uint> Take(scoped in Locked<DomainRank> held)
    {
        uint handle = _firstFree;
        if (handle != 0)
        {
            handle--;
            _firstFree = _rows[(int)handle].Reference;
            _live++;
            return handle;
        }

        if (_fresh >= _most)
        {
            return Errno.NoSpc;
        }

        if (_fresh >= (uint)_rows.Count && !_rows.Grow(held).Try(out Errno error))
        {
            return error;
        }

        _live++;
        return _fresh++;
    }

    /// <summary>What a handle below <see cref="Limit"/> stands for: nothing alive, perhaps.</summary>
    public readonly ref GrantMapping Of(uint handle) => ref _rows[(int)handle];

    /// <summary>Ends a handle that stands for nothing any more.</summary>
    public void Free(uint handle)
    {
        ref GrantMapping mapping = ref _rows[(int)handle];
        Bug.Unless(!mapping.IsLive && !mapping.Device.Exists);
        mapping = default;
        mapping.Reference = _firstFree;
        _firstFree = handle + 1;
        _live--;
    }

    /// <summary>Gives the store up; there are no mappings.</summary>
    public void Release(scoped in Locked<DomainRank> held)
    {
        Bug.Unless(_live == 0);
        _firstFree = 0;
        _fresh = 0;
        _most = 0;
        _rows.Release(held);
    }
}
