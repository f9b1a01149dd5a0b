using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Copies the host's memory map out; without a buffer, says how many entries it has. <see cref="Errno.Inval"/>: the buffer is too small;
/// <see cref="Errno.Perm"/>: the caller is not privileged.
/// </summary>
[Hypercall(Hypercall.MemoryOp, MemoryCommand.MachineMemoryMap, Privileged = true, WritesBack = true)]
public readonly struct MemoryMapMachine : IHypercall<MemoryMapBuffer>
{
    public static Answer Execute(ref Vcpu caller, ref MemoryMapBuffer arguments)
    {
        uint count = (uint)HostMap.Entries.Length;
        if (arguments.Buffer != 0 && arguments.Entries < count)
        {
            return Errno.Inval;
        }

        Result written = arguments.Buffer == 0 ? Result.Success : MemoryMapCopy.Write(arguments.Buffer, HostMap.Entries);
        arguments.Entries = count;
        return written;
    }
}
