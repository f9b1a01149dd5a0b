using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>Reads registers of a CPU, at most three; the only one that may be read is the time stamp counter (0x10), as system time in nanoseconds. Answers how many were read; the entry after them has the error: <see cref="Errno.Perm"/>: another register; <see cref="Errno.OpNotSupp"/>: neither read nor write; <see cref="Errno.Inval"/>: a reserved field. <see cref="Errno.NoDev"/>: no such CPU.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.AccessResources)]
public readonly struct PlatformAccessResources : IHypercall<PlatformResources>
{
    private const uint Most = 3;
    private const uint Write = 1;
    private const ulong TimeStampCounter = 0x10;

    public static Answer Execute(ref Vcpu caller, ref PlatformResources arguments)
    {
        if (arguments.Count == 0)
        {
            return 0;
        }

        if (arguments.Count > Most)
        {
            return Errno.Inval;
        }

        if (!HostCpus.Exists(arguments.Cpu))
        {
            return Errno.NoDev;
        }

        return GuestHandle<PlatformResource>.From(arguments.Entries, arguments.Count).Try(out GuestHandle<PlatformResource> entries, out Errno wrapped)
            ? AccessAll(entries) : wrapped;
    }

    private static Answer AccessAll(GuestHandle<PlatformResource> entries)
    {
        uint done = 0;
        for (Errno refused = Errno.None; refused == Errno.None && done < entries.Count;)
        {
            if (!GuestMemory.Read(entries, done).Try(out PlatformResource entry, out Errno unreadable))
            {
                return unreadable;
            }

            refused = Access(ref entry);
            entry.Command = unchecked((uint)-(int)refused);
            if (!GuestMemory.Write(entries, entry, done).Try(out Errno unwritable))
            {
                return unwritable;
            }

            done += refused == Errno.None ? 1u : 0;
        }

        return done;
    }

    private static Errno Access(ref PlatformResource entry)
    {
        if (entry.Reserved != 0 || entry.Index > uint.MaxValue)
        {
            return Errno.Inval;
        }

        if (entry.Command > Write)
        {
            return Errno.OpNotSupp;
        }

        if (entry.Command == Write || entry.Index != TimeStampCounter)
        {
            return Errno.Perm;
        }

        entry.Value = Clock.Now.Nanoseconds;
        return Errno.None;
    }
}
