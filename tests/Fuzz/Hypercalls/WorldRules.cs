using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;
using Sharpen.Hypervisor.Grants;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Xunit;

namespace Sharpen.Fuzz.Hypercalls;

/// <summary>What holds at every moment between calls, counted anew from page tables, ports and grant tables.</summary>
internal static class WorldRules
{
    /// <summary>Checks all domains. How many mappings of grants there are.</summary>
    public static int Check()
    {
        int mappings = 0;
        Dictionary<ulong, (ulong All, ulong Typed)> held = [];
        Dictionary<(ushort Domain, uint Reference, uint Serial), ulong> uses = [];
        for (int slot = 0; slot < DomainList.Capacity; slot++)
        {
            ref Domain domain = ref DomainList.At(slot);
            if (!Refs.IsNull(ref domain) && domain.Phase < DomainPhase.Dying)
            {
                HashSet<ulong> granted = CountMappings(ref domain, uses);
                CountTables(ref domain, granted, held);
                CheckPorts(ref domain);
                mappings += domain.Mappings.Count;
            }
        }

        foreach ((ulong frame, (ulong all, ulong typed)) in held)
        {
            ref FrameInfo info = ref FrameTable.Of(new Mfn(frame));
            Assert.True(FrameCounts.References(in info) >= all, $"frame {frame:x} has {FrameCounts.References(in info)} references of {all}");
            Assert.True(FrameCounts.TypeReferences(in info) >= typed, $"frame {frame:x} has {FrameCounts.TypeReferences(in info)} uses of {typed}");
        }

        CheckUses(uses);
        return mappings;
    }

    private static HashSet<ulong> CountMappings(ref Domain domain, Dictionary<(ushort Domain, uint Reference, uint Serial), ulong> uses)
    {
        HashSet<ulong> frames = [];
        int live = 0;
        for (uint handle = 0; handle < domain.Mappings.Limit; handle++)
        {
            ref GrantMapping mapping = ref domain.Mappings.Of(handle);
            if (mapping.IsLive)
            {
                live++;
                frames.Add(mapping.Frame);
                ulong parts = (mapping.Kinds & (GrantMapFlags.Host | GrantMapFlags.Device)) == (GrantMapFlags.Host | GrantMapFlags.Device) ? 2UL : 1;
                (ushort, uint, uint) key = (mapping.Domain.Value, mapping.Reference, mapping.Serial);
                uses[key] = uses.GetValueOrDefault(key) + parts;
            }
        }

        Assert.Equal(live, domain.Mappings.Count);
        return frames;
    }

    // A grant is in use exactly as often as there are mappings of it.
    private static void CheckUses(Dictionary<(ushort Domain, uint Reference, uint Serial), ulong> uses)
    {
        for (int slot = 0; slot < DomainList.Capacity; slot++)
        {
            ref Domain domain = ref DomainList.At(slot);
            if (Refs.IsNull(ref domain) || !domain.Grants.Exists || domain.Phase >= DomainPhase.Dying)
            {
                continue;
            }

            for (uint reference = 0; reference < domain.Grants.Entries; reference++)
            {
                ulong counted = uses.GetValueOrDefault((domain.Id.Value, reference, domain.Grants.Serial));
                ulong noted = domain.Grants.UsesOf(reference);
                Assert.True(counted <= noted && (counted == noted || IsSomebodyDying()), $"d{domain.Id.Value}: grant {reference} is used {counted} times, {noted} are noted");
            }
        }
    }

    private static bool IsSomebodyDying()
    {
        for (int slot = 0; slot < DomainList.Capacity; slot++)
        {
            ref Domain domain = ref DomainList.At(slot);
            if (!Refs.IsNull(ref domain) && domain.Phase >= DomainPhase.Dying)
            {
                return true;
            }
        }

        return false;
    }

    private static void CountTables(ref Domain domain, HashSet<ulong> granted, Dictionary<ulong, (ulong All, ulong Typed)> held)
    {
        for (Mfn frame = domain.Memory.First; !frame.IsInvalid; frame = DomainFrames.After(frame))
        {
            ref FrameInfo info = ref FrameTable.Of(frame);
            Assert.Equal(domain.Id.Value, info.Owner.Value);
            Add(held, frame, 1, 0);
            if (!FrameCounts.HasContents(in info))
            {
                continue;
            }

            Add(held, frame, FrameCounts.IsPinned(in info) ? 2UL : 1, FrameCounts.IsPinned(in info) ? 1UL : 0);
            CountEntries(ref domain, frame, (int)FrameCounts.TypeOf(in info), info.Progress, granted, held);
        }
    }

    private static void CountEntries(ref Domain domain, Mfn table, int level, int progress, HashSet<ulong> granted, Dictionary<ulong, (ulong All, ulong Typed)> held)
    {
        for (int index = 0; index < progress; index++)
        {
            ulong entry = GuestTables.ReadEntry(table, index);
            if (!GuestTables.IsGuestEntry(level, index) || !HostFormat.IsPresent(level, entry))
            {
                continue;
            }

            Mfn target = HostFormat.FrameOf(level, entry);
            if (level > 1 && target == table)
            {
                // A table that shows itself holds nothing, and may only be read there.
                Assert.True((HostFormat.AccessOf(level, entry) & PageAccess.Write) == 0, $"d{domain.Id.Value}: table {table.Value:x} is writable through itself");
                continue;
            }

            ref FrameInfo info = ref FrameTable.Find(target);
            if (Refs.IsNull(ref info) || info.State is not (FrameState.Domain or FrameState.Lingering))
            {
                string state = Refs.IsNull(ref info) ? "unknown" : $"{info.State}, {info.Count:x}, {info.Type:x}, {info.Owner.Value:x}";
                Assert.True(domain.IsHardware || domain.IsPrivileged, $"d{domain.Id.Value}, level {level}, entry {entry:x}, reaches frame {target.Value:x}: {state}");
                continue;
            }

            // What lost its owner is nobody else's before the last entry is gone.
            bool isOwn = info.Owner == domain.Id || info.State == FrameState.Lingering;
            Assert.True(isOwn || (level == 1 && (domain.IsPrivileged || granted.Contains(target.Value))), $"d{domain.Id.Value} reaches frame {target.Value:x} of d{info.Owner.Value}");
            bool isTyped = level > 1 || (HostFormat.AccessOf(level, entry) & PageAccess.Write) != 0;
            bool isAcross = level > 1 && FrameCounts.TypeOf(in info) == (FrameType)level;
            Assert.True(!isAcross || (HostFormat.AccessOf(level, entry) & PageAccess.Write) == 0, $"d{domain.Id.Value}: table {target.Value:x} is writable through one of its level");
            Assert.True(!isAcross || !FrameCounts.IsLeading(in info), $"d{domain.Id.Value}: table {target.Value:x} leads on");
            FrameType wanted = isAcross ? (FrameType)level : level > 1 ? (FrameType)(level - 1) : FrameType.Writable;
            Assert.True(!isTyped || FrameCounts.TypeOf(in info) == wanted, $"d{domain.Id.Value}: frame {target.Value:x} is {FrameCounts.TypeOf(in info)}, not {wanted}");
            Add(held, target, 1, isTyped ? 1UL : 0);
        }
    }

    private static void CheckPorts(ref Domain domain)
    {
        int used = 0;
        for (uint port = 1; port < DomainPorts.InterfaceLimit(ref domain); port++)
        {
            ref EventPort found = ref DomainPorts.Find(ref domain, port);
            used += !Refs.IsNull(ref found) && found.State != EventChannelState.Closed ? 1 : 0;
        }

        Assert.Equal(used, domain.Owned.Ports);
    }

    private static void Add(Dictionary<ulong, (ulong All, ulong Typed)> counts, Mfn frame, ulong all, ulong typed)
    {
        (ulong All, ulong Typed) old = counts.GetValueOrDefault(frame.Value);
        counts[frame.Value] = (old.All + all, old.Typed + typed);
    }
}
