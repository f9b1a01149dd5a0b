using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Grants;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Mappings of grants that are being undone, several at a time: first the entries go, then every CPU forgets them, and only then do
/// those who granted see that nobody uses their pages.
/// </summary>
internal ref struct GrantUnmapBatch
{
    private const int MostParts = 2;

    private readonly ref Domain _own;
    private readonly ref Vcpu _caller;
    private int _count;

    /// <summary>Begins, for a caller whose domain's lock is held.</summary>
    internal GrantUnmapBatch(ref Domain own, ref Vcpu caller)
    {
        _own = ref own;
        _caller = ref caller;
        _count = 0;
    }

    /// <summary>True when it must end before there can be more.</summary>
    internal readonly bool IsNearlyFull => _count > Fixed32<GrantUndone>.Length - MostParts;

    /// <summary>Undoes what is asked for of a mapping.</summary>
    /// <param name="visit">To the page tables of the caller's domain.</param>
    /// <param name="operation">The operation; its status is not set.</param>
    /// <param name="replacement">The address whose entry takes the place of the page; zero for none.</param>
    /// <returns><see cref="GrantStatus.Again"/>: it is to be tried again, and nothing has changed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal GrantStatus Undo(ref GuestPaging visit, in GrantUnmap operation, ulong replacement)
    {
        if (operation.Handle >= _own.Mappings.Limit)
        {
            return GrantStatus.BadHandle;
        }

        ref GrantMapping mapping = ref _own.Mappings.Of(operation.Handle);
        if (!mapping.IsLive)
        {
            return GrantStatus.BadHandle;
        }

        bool isDevice = operation.DeviceAddress != 0 && (mapping.Kinds & GrantMapFlags.Device) != 0;
        if (isDevice && operation.DeviceAddress != (ulong)mapping.Frame << PageSize.Shift)
        {
            return GrantStatus.BadDeviceAddress;
        }

        if (operation.Address != 0 && (mapping.Kinds & GrantMapFlags.Host) != 0)
        {
            Result unmapped = Unmap(ref visit, in mapping, operation.Address, replacement);
            if (!unmapped.Try(out Errno error))
            {
                return error == Errno.Again ? GrantStatus.Again : GrantStatus.GeneralError;
            }

            Note(ref mapping, operation.Handle, GrantMapFlags.Host);
        }

        if (isDevice)
        {
            Note(ref mapping, operation.Handle, GrantMapFlags.Device);
        }

        return GrantStatus.Okay;
    }

    /// <summary>Ends the uses, when no CPU can remember what was mapped: the visit has ended.</summary>
    internal void Finish(scoped in Locked<DomainRank> held)
    {
        for (int index = 0; index < _count; index++)
        {
            GrantUndone undone = _own.Mappings.Undone[index];
            ref GrantMapping mapping = ref _own.Mappings.Of(undone.Handle);
            DomainGrants.EndUse(held, in mapping);
            if (undone.IsDevice)
            {
                mapping.Device.Release();
            }

            if (undone.IsLast)
            {
                _own.Mappings.Free(undone.Handle);
            }
        }

        _count = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Result Unmap(ref GuestPaging visit, in GrantMapping mapping, ulong address, ulong replacement)
    {
        EntryPlace place = GrantPlaces.Of(ref _caller, address, mapping.Kinds);
        if (replacement == 0)
        {
            return visit.UnmapForeign(in place, new Mfn(mapping.Frame), mapping.IsWritable);
        }

        if ((mapping.Kinds & GrantMapFlags.ContainsEntry) != 0)
        {
            return Errno.Inval;
        }

        EntryPlace from = EntryPlace.Of(in _caller.Context, replacement);
        return visit.ReplaceForeign(in place, new Mfn(mapping.Frame), mapping.IsWritable, in from);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Note(ref GrantMapping mapping, uint handle, GrantMapFlags part)
    {
        mapping.Kinds &= ~part;
        _own.Mappings.Undone[_count] = new GrantUndone { Handle = handle, IsDevice = part == GrantMapFlags.Device, IsLast = !mapping.IsLive };
        _count++;
    }
}
