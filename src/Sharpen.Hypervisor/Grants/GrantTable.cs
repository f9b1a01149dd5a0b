using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Grants;

/// <summary>
/// What one domain grants: pages of entries that it writes at any time, and beside each entry what we know of its use. Of either version of
/// the interface: the second has longer entries, and pages where the domain reads what is in use. Lies in its domain; all zero before
/// <see cref="Create"/> and after <see cref="Release"/>.
/// </summary>
/// <remarks>Everything under <see cref="Lock"/>, except where a method says otherwise. Source: <c>grant_table.h</c>.</remarks>
public partial struct GrantTable
{
    private const int EntriesPerFrame = 512;
    private const int ActivePagesPerFrame = 2;
    private const int DomainShift = 16;

    /// <summary>Guards the table. Never taken while that of another domain is held.</summary>
    public SpinLock<GrantRank> Lock;

    private HostRows<SharedPage> _pages;
    private HostRows<SharedPage> _status;
    private HostRows<ActiveGrant> _active;
    private DomainId _owner;
    private int _frames;
    private int _mostFrames;
    private int _statusFrames;
    private uint _serial;
    private bool _isSecond;
    private bool _isFirstOnly;

    private struct State
    {
        internal uint Serial;
    }

    /// <summary>True between <see cref="Create"/> and <see cref="Release"/>.</summary>
    public readonly bool Exists => _mostFrames != 0;

    /// <summary>Which table this is, among all there have been: ids of domains are used again.</summary>
    public readonly uint Serial => _serial;

    /// <summary>Pages of entries there are.</summary>
    public readonly int Frames => _frames;

    /// <summary>Pages of entries there may be.</summary>
    public readonly int MostFrames => _mostFrames;

    /// <summary>Entries there are; references are below it.</summary>
    public readonly uint Entries => unchecked((uint)_frames << EntryShift);

    /// <summary>Frames of the host that exist for this table, on top of memory of the domain's own.</summary>
    public readonly ulong HostFrames => (ulong)(uint)_frames + (uint)_statusFrames + _pages.Frames + _status.Frames + _active.Frames;

    /// <summary>Makes the table, with one page of entries. ENOMEM, and <see cref="Release"/> gives up what was taken; EINVAL: there is one.</summary>
    /// <param name="held"><see cref="Lock"/>.</param>
    /// <param name="owner">The domain.</param>
    /// <param name="limits">How large it may become.</param>
    public Result Create(scoped in Locked<GrantRank> held, DomainId owner, GrantLimits limits)
    {
        if (Exists)
        {
            return Errno.Inval;
        }

        ref State state = ref Root.Of<State>();
        _owner = owner;
        _mostFrames = limits.Frames;
        _isFirstOnly = limits.Version == 1;
        _serial = Interlocked.Add(ref state.Serial, 1);
        Result made = _pages.Initialise(held, RowsFor(limits.Frames));
        made = made.Try(out _) ? _active.Initialise(held, limits.Frames * ActivePagesPerFrame) : made;
        return made.Try(out _) ? Grow(held, 1) : made;
    }

    /// <summary>Makes the table at least so many pages long. ENOSPC: that is more than it may have; ENOMEM: it may have grown less.</summary>
    public Result Grow(scoped in Locked<GrantRank> held, int frames)
    {
        if (frames < 0 || frames > _mostFrames)
        {
            return Errno.NoSpc;
        }

        Result grown = Result.Success;
        while (_frames < frames && grown.Try(out _))
        {
            grown = GrowOnce(held);
        }

        return grown;
    }

    /// <summary>The frame of a page of entries below <see cref="Frames"/>, for its domain to map.</summary>
    public readonly Mfn FrameAt(int index) => _pages[index].Frame;

    /// <summary>Gives everything up. What others have mapped stays theirs until they unmap it.</summary>
    public void Release(scoped in Locked<GrantRank> held)
    {
        for (int index = 0; index < _frames; index++)
        {
            _pages[index].Release();
        }

        ReleaseStatus(held);
        _isSecond = false;
        _frames = 0;
        _mostFrames = 0;
        _pages.Release(held);
        _active.Release(held);
    }

    private static int RowsFor(int frames) => ((frames - 1) / HostRows<SharedPage>.PerPage) + 1;

    private Result GrowOnce(scoped in Locked<GrantRank> held)
    {
        Result grown = Result.Success;
        while (_active.Count < (_frames + 1) * EntriesPerFrame && grown.Try(out _))
        {
            grown = _active.Grow(held);
        }

        if (grown.Try(out _) && _pages.Count <= _frames)
        {
            grown = _pages.Grow(held);
        }

        grown = grown.Try(out _) && _isSecond ? GrowStatus(held, _frames + 1) : grown;
        grown = grown.Try(out _) ? _pages[_frames].Allocate(held, _owner) : grown;
        _frames += grown.Try(out _) ? 1 : 0;
        return grown;
    }
}
