using System;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Grants;

/// <summary>The two versions of the interface, and the change from one to the other.</summary>
public partial struct GrantTable
{
    /// <summary>The newest version of the interface.</summary>
    public const uint NewestVersion = 2;

    /// <summary>Entries that the toolstack fills and that a change of version keeps (<c>GNTTAB_NR_RESERVED_ENTRIES</c>).</summary>
    private const uint ReservedEntries = 8;

    private const int PagesPerStatusFrame = 8;

    /// <summary>The version of the interface that the table has.</summary>
    public readonly uint Version => _isSecond ? NewestVersion : 1;

    /// <summary>Pages of the second version in which the domain reads what is in use; none of the first.</summary>
    public readonly int StatusFrames => _statusFrames;

    /// <summary>How many such pages there could be.</summary>
    public readonly int MostStatusFrames => StatusFramesFor(_mostFrames);

    /// <summary>Makes the table so long that there are so many such pages. EINVAL: version 1; errors else as <see cref="Grow"/>.</summary>
    public Result GrowStatuses(scoped in Locked<GrantRank> held, int frames) => !_isSecond ? Errno.Inval
        : frames <= _statusFrames ? Result.Success
        : Grow(held, Math.Min(((frames - 1) * PagesPerStatusFrame) + 1, _mostFrames));

    /// <summary>The frame of such a page below <see cref="StatusFrames"/>, for its domain to map.</summary>
    public readonly Mfn StatusFrameAt(int index) => _status[index].Frame;

    /// <summary>
    /// Changes the version. All entries but the reserved ones are empty afterwards. <see cref="Errno.Inval"/>: there is none such; <see cref="Errno.NoSys"/>:
    /// the domain was made for an older one; <see cref="Errno.Busy"/>: a grant is in use; <see cref="Errno.NoMem"/>.
    /// </summary>
    public Result SetVersion(scoped in Locked<GrantRank> held, uint version)
    {
        if (version is 0 or > NewestVersion)
        {
            return Errno.Inval;
        }

        if (version == Version)
        {
            return Result.Success;
        }

        if (_isFirstOnly)
        {
            return Errno.NoSys;
        }

        for (uint reference = ReservedEntries; reference < Entries; reference++)
        {
            if (_active[(int)reference].IsUsed)
            {
                return Errno.Busy;
            }
        }

        Result grown = _isSecond ? Result.Success : MakeStatus(held);
        if (!grown.Try(out _))
        {
            ReleaseStatus(held);
            return grown;
        }

        Convert();
        if (!_isSecond)
        {
            ReleaseStatus(held);
        }

        return Result.Success;
    }

    private static int StatusFramesFor(int frames) => (frames + PagesPerStatusFrame - 1) / PagesPerStatusFrame;

    private Result MakeStatus(scoped in Locked<GrantRank> held)
    {
        Result made = _status.Initialise(held, RowsFor(MostStatusFrames));
        return made.Try(out _) ? GrowStatus(held, _frames) : made;
    }

    private Result GrowStatus(scoped in Locked<GrantRank> held, int frames)
    {
        Result grown = Result.Success;
        while (_statusFrames < StatusFramesFor(frames) && grown.Try(out _))
        {
            grown = _status.Count <= _statusFrames ? _status.Grow(held) : grown;
            grown = grown.Try(out _) ? _status[_statusFrames].Allocate(held, _owner) : grown;
            _statusFrames += grown.Try(out _) ? 1 : 0;
        }

        return grown;
    }

    // Where the domain still maps such a page, it keeps it for itself.
    private void ReleaseStatus(scoped in Locked<GrantRank> held)
    {
        for (int index = 0; index < _statusFrames; index++)
        {
            _status[index].Release();
        }

        _statusFrames = 0;
        _status.Release(held);
    }

    private void Convert()
    {
        GrantFlags used = GrantFlags.Reading | GrantFlags.Writing;
        Words8 heads = default;
        Words8 frames = default;
        for (uint reference = 0; reference < ReservedEntries; reference++)
        {
            uint head = HeadOf(reference);
            bool isPage = ((GrantFlags)(head & ushort.MaxValue) & (GrantFlags.TypeMask | GrantFlags.SubPage)) == GrantFlags.PermitAccess;
            uint use = _isSecond ? StatusOf(reference) : head & (uint)used;
            Layout.Items<Words8, ulong>(ref heads)[(int)reference] = isPage ? (head & ~(uint)used) | use : 0;
            Layout.Items<Words8, ulong>(ref frames)[(int)reference] = isPage ? FrameOf(reference) : 0;
        }

        for (int page = 0; page < _frames; page++)
        {
            Layout.Items<GrantWords1024, uint>(ref _pages[page].As<GrantWords1024>()).Clear();
        }

        _isSecond = !_isSecond;
        for (uint reference = 0; reference < ReservedEntries; reference++)
        {
            uint head = (uint)Layout.Items<Words8, ulong>(ref heads)[(int)reference];
            if (_isSecond)
            {
                ChangeStatus(reference, GrantFlags.None, (GrantFlags)(head & (uint)used));
                head &= ~(uint)used;
            }

            SetFrame(reference, Layout.Items<Words8, ulong>(ref frames)[(int)reference]);
            Volatile.Write(ref WordOf(reference, HeadWord), head);
        }
    }
}
