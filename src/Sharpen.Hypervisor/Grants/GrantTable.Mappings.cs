using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Grants;

/// <summary>What the domain has mapped of others' grants, by handle.</summary>
public partial struct GrantTable
{
    /// <summary>Mappings there are.</summary>
    public readonly int Mappings => _live;

    /// <summary>Handles that have ever been used are below it.</summary>
    public readonly uint HandleLimit => _fresh;

    /// <summary>A handle for a mapping. ENOSPC: there are too many; ENOMEM.</summary>
    public Result<uint> Keep(scoped in Locked<GrantRank> held, in GrantMapping mapping)
    {
        uint handle = _firstFree;
        if (handle != 0)
        {
            handle--;
            _firstFree = _mappings[(int)handle].Reference;
        }
        else
        {
            if (_fresh >= (uint)_mappings.Count && !_mappings.Grow(held).Try(out Errno error))
            {
                return error;
            }

            handle = _fresh++;
        }

        _mappings[(int)handle] = mapping;
        _live++;
        return handle;
    }

    /// <summary>What a handle stands for; nothing alive when it stands for nothing. Any number may be asked for.</summary>
    public readonly GrantMapping Look(scoped in Locked<GrantRank> held, uint handle)
    {
        _ = held;
        return handle < _fresh ? _mappings[(int)handle] : default;
    }

    /// <summary>Part of a mapping is gone; with the last part the handle is free. The parts must be there.</summary>
    public void Remove(scoped in Locked<GrantRank> held, uint handle, GrantMapFlags parts)
    {
        _ = held;
        Bug.Unless(handle < _fresh);
        ref GrantMapping mapping = ref _mappings[(int)handle];
        Bug.Unless((mapping.Kinds & parts) == parts);
        mapping.Kinds &= ~parts;
        if (mapping.IsLive)
        {
            return;
        }

        mapping = default;
        mapping.Reference = _firstFree;
        _firstFree = handle + 1;
        _live--;
    }

    private void ReleaseMappings(scoped in Locked<GrantRank> held)
    {
        Bug.Unless(_live == 0);
        _firstFree = 0;
        _fresh = 0;
        _mappings.Release(held);
    }
}
