using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Xen.Privcmd;

namespace Sharpen.Xen.Control;

/// <summary>The frame of <see cref="Hypercall.Domctl"/>: command, version, domain, and 128 bytes of arguments. Source: <c>domctl.h</c>.</summary>
public static class Domctl
{
    private const uint InterfaceVersion = 0x15;
    private const int ArgumentsOffset = 16;
    private const int Size = 144;

    /// <summary>Makes the call; what the hypervisor wrote is in <paramref name="arguments"/> afterwards.</summary>
    /// <param name="device">The way to the hypervisor.</param>
    /// <param name="operation">What it is for, as a verb that a domain follows.</param>
    /// <param name="command">Which.</param>
    /// <param name="domain">Whom it concerns.</param>
    /// <param name="arguments">At most 128 bytes.</param>
    /// <returns>The domain that the hypervisor wrote into the frame.</returns>
    /// <exception cref="XenException">It refused.</exception>
    public static DomainId Call<T>(HypercallDevice device, string operation, DomctlCommand command, DomainId domain, ref T arguments)
        where T : unmanaged
    {
        DomainId answered = TryCall(device, command, domain, ref arguments, out Errno error);
        return error == Errno.None ? answered : throw new XenException(operation, domain, error);
    }

    /// <summary>Makes a call whose refusal is an answer.</summary>
    /// <param name="error">Why it was refused; then the arguments are as they were.</param>
    public static DomainId TryCall<T>(HypercallDevice device, DomctlCommand command, DomainId domain, ref T arguments, out Errno error)
        where T : unmanaged
    {
        using HypercallBuffer buffer = device.Allocate(Size);
        ref Head head = ref buffer.At<Head>();
        head = new Head { Command = command, Version = InterfaceVersion, Domain = domain };
        buffer.At<T>(ArgumentsOffset) = arguments;
        _ = device.TryCall(Hypercall.Domctl, [buffer.Address], out error);
        if (error == Errno.None)
        {
            arguments = buffer.At<T>(ArgumentsOffset);
        }

        return head.Domain;
    }

    /// <summary>Makes a call that has no arguments.</summary>
    /// <exception cref="XenException">It refused.</exception>
    public static void Call(HypercallDevice device, string operation, DomctlCommand command, DomainId domain)
    {
        byte none = 0;
        _ = Call(device, operation, command, domain, ref none);
    }

    [StructLayout(LayoutKind.Sequential, Size = ArgumentsOffset)]
    private struct Head
    {
        internal DomctlCommand Command;
        internal uint Version;
        internal DomainId Domain;
    }
}
