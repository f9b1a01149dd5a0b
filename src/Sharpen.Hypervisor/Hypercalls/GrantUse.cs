using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Grants;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// One end of a copy, as an operation names it: a frame, until a grant is in use, from <see cref="Begin"/> to <see cref="End"/>. A grant may stand
/// for one of another domain, which is in use as long.
/// </summary>
internal ref struct GrantUse
{
    private readonly ref Domain _granter;
    private readonly ulong _place;
    private readonly bool _isWritable;
    private ref Domain _owner;
    private GrantPart _part;
    private uint _serial;
    private uint _ownerReference;
    private uint _ownerSerial;
    private bool _isPassedOn;

    /// <summary>A domain, or a null reference, and a grant's number in the lower 32 bits or a frame.</summary>
    internal GrantUse(ref Domain granter, ulong place, bool isWritable)
    {
        _granter = ref granter;
        _owner = ref granter;
        _place = place;
        _isWritable = isWritable;
        _serial = 0;
        _ownerReference = 0;
        _ownerSerial = 0;
        _isPassedOn = false;
        _part = GrantPart.Whole;
        _part.Frame = new Mfn(place);
    }

    /// <summary>False when there is no such domain.</summary>
    internal readonly bool HasDomain => !Refs.IsNull(ref _granter);

    /// <summary>The frame: any number.</summary>
    internal readonly Mfn Frame => _part.Frame;

    /// <summary>Whose it must be.</summary>
    internal readonly DomainId Owner => _owner.Id;

    private readonly uint Reference => unchecked((uint)_place);

    /// <summary>True when so many bytes from an offset may be copied.</summary>
    internal readonly bool Covers(ushort offset, ushort length) => _part.Covers(offset, length);

    /// <summary>Begins the use of a grant. <see cref="GrantStatus.BadDomain"/>: its table is gone; else as the grant says.</summary>
    internal GrantStatus Begin(DomainId user)
    {
        GrantStatus status = Take(ref _granter, Reference, user, _isWritable, out GrantPart part, out _serial);
        if (status != GrantStatus.Okay || part.Domain == DomainId.Invalid)
        {
            _part = part;
            return status;
        }

        ref Domain owner = ref DomainList.Find(part.Domain);
        status = Refs.IsNull(ref owner) || owner.Id == _granter.Id
            ? GrantStatus.GeneralError
            : Take(ref owner, part.Reference, _granter.Id, _isWritable, out _part, out _ownerSerial);
        if (status == GrantStatus.Okay && _part.Domain != DomainId.Invalid)
        {
            Drop(ref owner, part.Reference, _isWritable, _ownerSerial);
            status = GrantStatus.GeneralError;
        }

        if (status != GrantStatus.Okay)
        {
            Drop(ref _granter, Reference, _isWritable, _serial);
            return status;
        }

        _owner = ref owner;
        _ownerReference = part.Reference;
        _isPassedOn = true;
        return status;
    }

    /// <summary>Ends a use that began.</summary>
    internal readonly void End()
    {
        if (_isPassedOn)
        {
            Drop(ref _owner, _ownerReference, _isWritable, _ownerSerial);
        }

        Drop(ref _granter, Reference, _isWritable, _serial);
    }

    private static GrantStatus Take(ref Domain granter, uint reference, DomainId user, bool isWritable, out GrantPart part, out uint serial)
    {
        part = GrantPart.Whole;
        serial = 0;
        using Locked<GrantRank> held = granter.Grants.Lock.Enter(NoLocks.Held);
        if (!granter.Grants.Exists)
        {
            return GrantStatus.BadDomain;
        }

        serial = granter.Grants.Serial;
        return granter.Grants.TryUseToCopy(held, reference, user, isWritable, out part);
    }

    private static void Drop(ref Domain granter, uint reference, bool isWritable, uint serial)
    {
        using Locked<GrantRank> held = granter.Grants.Lock.Enter(NoLocks.Held);
        if (granter.Grants.Exists && granter.Grants.Serial == serial)
        {
            granter.Grants.EndUse(held, reference, isWritable);
        }
    }
}
