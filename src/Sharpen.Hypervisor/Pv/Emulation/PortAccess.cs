using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Io;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>
/// Ports as a PV guest may use them. Its kernel says which of its own code may (<see cref="IsAllowedByKernel"/>); which ports the
/// domain has is the host's to say: one that it has not reads all ones, and writes to it go nowhere.
/// </summary>
internal static class PortAccess
{
    private const ushort PciAddressPort = 0xcf8;
    private const ushort PciDataPort = 0xcfc;
    private const uint PciEnabled = 1U << 31;
    private const ushort PciAddressEnd = PciAddressPort + 4;
    private const ushort PciDataEnd = PciDataPort + 4;
    private const int KernelRing = 1;
    private const int UserRing = 3;

    /// <summary>True when the vCPU's privilege for ports covers the code that runs now.</summary>
    internal static bool HasPrivilege(in Vcpu vcpu)
    {
        bool isRingZero = (DomainList.Of(in vcpu).Assists & (1UL << (int)VmAssistKind.ArchitecturalIopl)) != 0;
        int ring = !vcpu.InKernel ? UserRing : isRingZero ? 0 : KernelRing;
        return vcpu.Virtual.IoPrivilege >= ring;
    }

    /// <summary>True when the guest's kernel lets the code that runs now use so many ports: by privilege, or by its bitmap.</summary>
    internal static bool IsAllowedByKernel(ref Vcpu vcpu, ushort port, int bytes)
    {
        if (HasPrivilege(in vcpu))
        {
            return true;
        }

        uint end = (uint)port + (uint)bytes;
        if (end > vcpu.Virtual.IoBitmapPorts)
        {
            return false;
        }

        int count = (int)(((end - 1) >> 3) - ((uint)port >> 3)) + 1;
        Span<byte> bits = stackalloc byte[2];
        GuestLinear place = new GuestLinear(vcpu.Virtual.IoBitmap) + ((ulong)port >> 3);
        bool isUser = !vcpu.InKernel && GuestCpu.HasUserRoot(in vcpu.Context);
        GuestCpu.SetMode(ref vcpu.Context, isUser: false);
        bool isRead = GuestMemory.ReadBytes(place, bits.Slice(0, count)).Try(out _);
        GuestCpu.SetMode(ref vcpu.Context, isUser);
        uint wanted = ((1U << bytes) - 1) << (port & 7);
        return isRead && ((bits[0] | ((uint)bits[1] << 8)) & wanted) == 0;
    }

    /// <summary>Reads for the vCPU's domain.</summary>
    internal static uint Read(ref Domain domain, ushort port, int bytes)
    {
        uint ones = bytes == sizeof(uint) ? uint.MaxValue : (1U << (8 * bytes)) - 1;
        if (domain.IsHardware && port == PciAddressPort && bytes == sizeof(uint))
        {
            return domain.PciAddress;
        }

        if (domain.IsHardware && port >= PciDataPort && port + bytes <= PciDataEnd)
        {
            return (domain.PciAddress & PciEnabled) != 0
                ? PciConfiguration.Read(NoLocks.Held, PciFunction(in domain), PciRegister(in domain, port), bytes) & ones
                : ones;
        }

        if (domain.IsHardware && bytes == 1 && IntervalTimer.Has(port))
        {
            return IntervalTimer.Read(port);
        }

        if (!IsDirect(ref domain, port, bytes))
        {
            return ones;
        }

        return bytes == 1 && ClockPorts.Has(port) ? ClockPorts.Read(ref domain, port) : HostPorts.Read(port, bytes) & ones;
    }

    /// <summary>Writes for the vCPU's domain.</summary>
    internal static void Write(ref Domain domain, ushort port, int bytes, uint value)
    {
        if (domain.IsHardware && port == PciAddressPort && bytes == sizeof(uint))
        {
            domain.PciAddress = value;
        }
        else if (domain.IsHardware && port >= PciDataPort && port + bytes <= PciDataEnd)
        {
            if ((domain.PciAddress & PciEnabled) != 0)
            {
                PciConfiguration.Write(NoLocks.Held, PciFunction(in domain), PciRegister(in domain, port), bytes, value);
            }
        }
        else if (domain.IsHardware && bytes == 1 && IntervalTimer.Has(port))
        {
            IntervalTimer.Write(port, value);
        }
        else if (!IsDirect(ref domain, port, bytes))
        {
            return;
        }
        else if (bytes == 1 && ClockPorts.Has(port))
        {
            ClockPorts.Write(ref domain, port, value);
        }
        else
        {
            HostPorts.Write(port, bytes, value);
        }
    }

    // What lies beside the address port, the reset control for one, are ports of their own unless the four bytes are written at once.
    private static bool IsDirect(ref Domain domain, ushort port, int bytes) =>
        IoPermissions.MayUsePort(ref domain, port, bytes)
        || (domain.IsHardware && bytes < sizeof(uint) && port >= PciAddressPort && port + bytes <= PciAddressEnd);

    private static ushort PciFunction(in Domain domain) => (ushort)((domain.PciAddress >> 8) & 0xffff);

    private static byte PciRegister(in Domain domain, ushort port) => (byte)((domain.PciAddress & 0xfc) | (port & 3U));
}
