using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>Patches of the hypervisor, of which there are none: lists them. <see cref="Errno.NoEnt"/>: one of them; <see cref="Errno.OpNotSupp"/>: to load one; <see cref="Errno.Inval"/>: a reserved field or a name that is none.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.LivePatch, WritesBack = true)]
public readonly struct SysctlPatch : IHypercall<SysctlLivePatch>
{
    private const uint Upload = 0;
    private const uint Get = 1;
    private const uint List = 2;
    private const uint Act = 3;
    private const int LongestName = 128;

    public static Answer Execute(ref Vcpu caller, ref SysctlLivePatch arguments)
    {
        if (arguments.Reserved != 0)
        {
            return Errno.Inval;
        }

        switch (arguments.Command)
        {
            case Upload or Get or Act:
                return arguments.NameBytes is 0 or > LongestName || arguments.Name == 0 ? Errno.Inval
                    : arguments.Command == Upload ? Errno.OpNotSupp : Errno.NoEnt;
            case List when arguments.ListReserved == 0:
                arguments.Version = 1;
                arguments.Count = 0;
                return 0;
            case List:
                return Errno.Inval;
            default:
                return Errno.OpNotSupp;
        }
    }
}
