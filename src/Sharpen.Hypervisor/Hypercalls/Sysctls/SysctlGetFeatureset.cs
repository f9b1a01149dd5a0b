using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Features;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>Features as words: the CPU's and what the hypervisor uses of them, what PV guests get, but not what HVM guests would. <see cref="Errno.Inval"/>: no such set; <see cref="Errno.OpNotSupp"/>: one for HVM guests; <see cref="Errno.NoBufs"/>: too many words for the room; <see cref="Errno.Fault"/>: they cannot be written.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.GetFeatureset, WritesBack = true)]
public readonly struct SysctlGetFeatureset : IHypercall<SysctlFeatureset>
{
    private const uint Raw = 0;
    private const uint Host = 1;
    private const uint Pv = 2;
    private const uint Hvm = 3;
    private const uint MostPv = 4;
    private const uint MostHvm = 5;

    public static Answer Execute(ref Vcpu caller, ref SysctlFeatureset arguments)
    {
        if (arguments.Set > MostHvm)
        {
            return Errno.Inval;
        }

        if (arguments.Set is Hvm or MostHvm)
        {
            return Errno.OpNotSupp;
        }

        if (arguments.Buffer == 0)
        {
            arguments.Count = FeatureMasks.Words;
            return 0;
        }

        uint room = Math.Min(arguments.Count, FeatureMasks.Words);
        if (!GuestHandle<GuestHalfWord>.From(arguments.Buffer, room).Try(out GuestHandle<GuestHalfWord> words, out Errno wrapped))
        {
            return wrapped;
        }

        for (uint word = 0; word < room; word++)
        {
            if (!GuestMemory.Write(words, new GuestHalfWord(WordOf(arguments.Set, (FeatureWord)word)), word).Try(out Errno unwritable))
            {
                return unwritable;
            }
        }

        bool fits = arguments.Count >= FeatureMasks.Words;
        arguments.Count = room;
        return fits ? 0 : Errno.NoBufs;
    }

    private static uint WordOf(uint set, FeatureWord word) => set switch
    {
        Raw or Host => CpuidPolicy.Host(word),
        Pv or MostPv => CpuidPolicy.Featureset(word),
        _ => 0,
    };
}
