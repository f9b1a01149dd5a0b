using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary><see cref="Errno.Acces"/>: only for guests whose memory the host translates; <see cref="Errno.NoSys"/>: another domain's frames, which only the list-taking call takes; <see cref="Errno.Srch"/>; <see cref="Errno.Perm"/>.</summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.AddToPhysmap)]
public readonly struct MemoryAddToPhysmap : IHypercall<AddToPhysmap>
{
    private const uint ForeignSpace = 4;

    public static Answer Execute(ref Vcpu caller, ref AddToPhysmap arguments)
    {
        if (arguments.Space == ForeignSpace)
        {
            return Errno.NoSys;
        }

        ref Domain domain = ref MemoryTarget.Find(ref caller, arguments.Domain, out Errno error);
        return Refs.IsNull(ref domain) ? error : Errno.Acces;
    }
}
