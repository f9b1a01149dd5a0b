using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>What the operations on vCPUs have in common: the second argument names one of the caller's domain, the third points to a structure.</summary>
internal static class VcpuTarget
{
    /// <summary>The vCPU that was meant, or a null reference.</summary>
    internal static ref Vcpu Find(ref Vcpu caller, in HypercallArguments call)
    {
        uint index = unchecked((uint)call.Second);
        if (index >= Domain.MaxVcpus)
        {
            return ref Refs.Null<Vcpu>();
        }

        return ref DomainList.VcpuOf(ref DomainList.Of(ref caller), (int)index);
    }

    /// <summary>Copies the structure in. <see cref="Errno.Fault"/>: it cannot be read.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    internal static Result<T> Read<T>(in HypercallArguments call)
        where T : unmanaged, IAbiData => GuestHandle<T>.From(call.Third).Try(out GuestHandle<T> place, out Errno wrapped) ? GuestMemory.Read(place) : wrapped;

    /// <summary>Copies the structure out. <see cref="Errno.Fault"/>: it cannot be written.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    internal static Result Write<T>(in HypercallArguments call, T value)
        where T : unmanaged, IAbiData => GuestHandle<T>.From(call.Third).Try(out GuestHandle<T> place, out Errno wrapped) ? GuestMemory.Write(place, value) : wrapped;
}
