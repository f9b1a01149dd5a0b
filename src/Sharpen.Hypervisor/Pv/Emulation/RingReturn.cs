using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>
/// The iretq that ring 3 may execute itself, back to ring 3, as kernels do to serialise. A processor needs no help with it; QEMU's own
/// before version 9.1 reads its frame with the hypervisor's rights, which SMAP forbids.
/// </summary>
public static class RingReturn
{
    private const byte Wide = 0x48;
    private const byte Return = 0xcf;
    private const uint FrameWords = 5;
    private const ulong RingMask = 3;

    /// <summary>A read that found its page there but not allowed, and not with the guest's rights.</summary>
    /// <param name="registers">The live registers, at the instruction; where the frame says when done.</param>
    internal static EmulationResult OnSupervisorRead(ref CpuUserRegisters registers)
    {
        CodeWindow code = new(new GuestLinear(registers.Rip));
        if (!code.TryTake(out byte prefix) || prefix != Wide || !code.TryTake(out byte opcode) || opcode != Return)
        {
            return EmulationResult.Refused;
        }

        if (!GuestHandle<GuestWord>.From(registers.Rsp, FrameWords).Try(out GuestHandle<GuestWord> frame, out _)
            || !GuestMemory.Read(frame, 0).Try(out GuestWord rip, out _)
            || !GuestMemory.Read(frame, 1).Try(out GuestWord cs, out _)
            || !GuestMemory.Read(frame, 2).Try(out GuestWord rflags, out _)
            || !GuestMemory.Read(frame, 3).Try(out GuestWord rsp, out _)
            || !GuestMemory.Read(frame, 4).Try(out GuestWord ss, out _))
        {
            return EmulationResult.ReadFault(new GuestLinear(registers.Rsp));
        }

        if ((cs.Value & RingMask) != RingMask || (ss.Value & RingMask) != RingMask)
        {
            return EmulationResult.Refused;
        }

        registers.Rip = rip.Value;
        registers.Cs = (ushort)(cs.Value & ushort.MaxValue);
        registers.Rflags = (rflags.Value & (ulong)Rflags.GuestMaySet) | (ulong)(Rflags.Always | Rflags.Interrupt);
        registers.Rsp = rsp.Value;
        registers.Ss = (ushort)(ss.Value & ushort.MaxValue);
        return EmulationResult.Done;
    }
}
