using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Io;
using Sharpen.Machine.Locks;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Interrupts;

/// <summary>Makes the hardware do what a line says: pins of I/O APICs, messages in configuration space and in device memory.</summary>
/// <remarks>Source: Intel SDM volume 3, "Message Signalled Interrupts"; PCI Local Bus Specification 3.0, 6.8.</remarks>
internal static class LineHardware
{
    private const ulong MessageAddress = 0xfee00000;
    private const ushort Is64Bit = 1 << 7;
    private const int GroupShift = 4;
    private const ushort GroupMask = 7 << GroupShift;

    private static ref LinesState State => ref Root.Of<LinesState>();

    /// <summary>Says where the line goes, masked or not.</summary>
    internal static void Route(scoped in Locked<InterruptRank> held, ref InterruptLine line, int number, bool masked)
    {
        uint apicId = Ipi.ApicIdOf(new CpuId(line.Cpu));
        switch (line.Kind)
        {
            case LineKind.Pin when TryFind(number, out IoApic controller):
                controller.Route((uint)number, line.Vector, apicId, line.IsLevel, line.IsActiveLow, masked);
                break;
            case LineKind.Message:
                if (line.Entry == 0)
                {
                    WriteMessage(held, in line, apicId);
                }

                SetMask(held, ref line, number, masked);
                break;
            case LineKind.TableMessage:
                line.Table.SetMask(line.Entry, masked: true);
                line.Table.SetMessage(line.Entry, MessageAddress | (apicId << 12), line.Vector);
                line.Table.SetMask(line.Entry, masked);
                break;
            default:
                break;
        }
    }

    /// <summary>Masks the line or lets it through; what cannot be masked stays as it is.</summary>
    internal static void SetMask(scoped in Locked<InterruptRank> held, ref InterruptLine line, int number, bool masked)
    {
        switch (line.Kind)
        {
            case LineKind.Pin when TryFind(number, out IoApic controller):
                controller.Control((uint)number, line.Vector, line.IsLevel, line.IsActiveLow, masked);
                break;
            case LineKind.Message when line.IsMaskable:
                byte register = MasksOf(held, in line);
                uint bit = 1U << line.Entry;
                uint masks = PciConfiguration.Read32(held, line.Function, register);
                PciConfiguration.Write32(held, line.Function, register, masked ? masks | bit : masks & ~bit);
                break;
            case LineKind.TableMessage:
                line.Table.SetMask(line.Entry, masked);
                break;
            default:
                break;
        }
    }

    /// <summary>The controller that has a pin.</summary>
    internal static bool TryFind(int gsi, out IoApic controller)
    {
        ref LinesState state = ref State;
        for (int index = 0; index < state.ControllerCount; index++)
        {
            controller = state.Controllers[index];
            if (controller.Serves((uint)gsi))
            {
                return true;
            }
        }

        controller = default;
        return false;
    }

    // The vector takes the low bits that the device puts its own number into.
    private static void WriteMessage(scoped in Locked<InterruptRank> held, in InterruptLine line, uint apicId)
    {
        ushort function = line.Function;
        byte capability = line.Capability;
        ushort control = PciConfiguration.Read16(held, function, (byte)(capability + 2));
        bool is64Bit = (control & Is64Bit) != 0;
        PciConfiguration.Write32(held, function, (byte)(capability + 4), (uint)MessageAddress | (apicId << 12));
        if (is64Bit)
        {
            PciConfiguration.Write32(held, function, (byte)(capability + 8), 0);
        }

        PciConfiguration.Write16(held, function, (byte)(capability + (is64Bit ? 12 : 8)), line.Vector);
        int logarithm = 0;
        while (1 << logarithm < line.GroupSize)
        {
            logarithm++;
        }

        PciConfiguration.Write16(held, function, (byte)(capability + 2), (ushort)((control & ~GroupMask) | (logarithm << GroupShift)));
    }

    private static byte MasksOf(scoped in Locked<InterruptRank> held, in InterruptLine line)
    {
        ushort control = PciConfiguration.Read16(held, line.Function, (byte)(line.Capability + 2));
        return (byte)(line.Capability + ((control & Is64Bit) != 0 ? 16 : 12));
    }
}
