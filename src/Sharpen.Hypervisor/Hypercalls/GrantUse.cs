using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>One end of a copy, as an operation names it: a frame, until a grant is in use, from <see cref="Begin"/> to <see cref="End"/>.</summary>
internal ref struct GrantUse
{
    private readonly ref Domain _granter;
    private readonly ulong _place;
    private readonly bool _isWritable;
    private uint _serial;

    /// <summary>A domain, or a null reference, and a grant's number in the lower 32 bits or a frame.</summary>
    internal GrantUse(ref Domain granter, ulong place, bool isWritable)
    {
        _granter = ref granter;
        _place = place;
        _isWritable = isWritable;
        _serial = 0;
        Frame = new Mfn(place);
    }

    /// <summary>False when there is no such domain.</summary>
    internal readonly bool HasDomain => !Refs.IsNull(ref _granter);

    /// <summary>The frame: any number.</summary>
    internal Mfn Frame { get; private set; }

    /// <summary>Whose it must be.</summary>
    internal readonly DomainId Owner => _granter.Id;

    private readonly uint Reference => unchecked((uint)_place);

    /// <summary>Begins the use of a grant. <see cref="GrantStatus.BadDomain"/>: its table is gone; else as the grant says.</summary>
    internal GrantStatus Begin(DomainId user)
    {
        using Locked<GrantRank> held = _granter.Grants.Lock.Enter(NoLocks.Held);
        if (!_granter.Grants.Exists)
        {
            return GrantStatus.BadDomain;
        }

        GrantStatus status = _granter.Grants.TryUse(held, Reference, user, _isWritable, isMapping: false, out Mfn frame);
        Frame = frame;
        _serial = _granter.Grants.Serial;
        return status;
    }

    /// <summary>Ends a use that began.</summary>
    internal readonly void End()
    {
        using Locked<GrantRank> held = _granter.Grants.Lock.Enter(NoLocks.Held);
        if (_granter.Grants.Exists && _granter.Grants.Serial == _serial)
        {
            _granter.Grants.EndUse(held, Reference, _isWritable);
        }
    }
}
