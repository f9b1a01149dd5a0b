using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>
/// Writes of a kernel into its own page tables of level 1, which it has mapped read-only: the instruction is carried out for it, as if it
/// had asked for the new entry. Kernels ask for that with an assist, because clearing a bit of an entry is one instruction for them.
/// </summary>
internal static class TableWrites
{
    private const int MostAttempts = 16;
    private const int EntryBytes = 8;

    /// <summary>A write fault of the kernel on a page that is there.</summary>
    /// <param name="vcpu">The vCPU that this CPU is serving.</param>
    /// <param name="registers">Its live registers, at the instruction; behind it when done.</param>
    internal static EmulationResult OnFault(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        if (!CodeSegments.TryDescribe(in vcpu.Context, registers.Cs, out CodeSegment segment)
            || Decoder.Decode(ref registers, in segment, registers.Rip, out Instruction instruction, out _) != DecodeOutcome.Decoded || !instruction.IsMemory)
        {
            return EmulationResult.Refused;
        }

        ulong offset = unchecked(instruction.Offset + MemoryInstructions.Displacement(ref registers, in instruction));
        if (!DataSegments.TryLinear(in segment, in registers, instruction.Segment, offset, out GuestLinear place)
            || (int)(place.Value % EntryBytes) + instruction.OperandBytes > EntryBytes)
        {
            return EmulationResult.Refused;
        }

        ref Domain domain = ref DomainList.Of(ref vcpu);
        EmulationOutcome outcome;
        MemoryEffect effect;
        using (Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held))
        {
            GuestPaging visit = DomainPaging.Visit(held, ref domain);
            outcome = Change(ref visit, in vcpu, ref registers, in instruction, place, out effect);
            visit.Dispose();
        }

        if (outcome != EmulationOutcome.Done)
        {
            return outcome == EmulationOutcome.Refused ? EmulationResult.Refused : EmulationResult.Unfinished;
        }

        registers.Rflags = effect.Flags;
        if (effect.Register != MemoryEffect.NoRegister)
        {
            GeneralRegisters.Write(ref registers, effect.Register, instruction.OperandBytes, instruction.HasRex, effect.RegisterValue);
        }

        Emulator.Advance(ref registers, in segment, instruction.Length);
        return EmulationResult.Done;
    }

    // CPUs that walk the table note in the entry what they did, so the change is made on what stood there, or tried again.
    private static EmulationOutcome Change(ref GuestPaging visit, in Vcpu vcpu, ref CpuUserRegisters registers, in Instruction instruction, GuestLinear address, out MemoryEffect effect)
    {
        effect = default;
        if (!visit.FindEntry(in vcpu.Context, address, out ulong place).Try(out Errno missing))
        {
            return OutcomeOf(missing);
        }

        int shift = 8 * (int)(address.Value % EntryBytes);
        ulong mask = GeneralRegisters.Mask(instruction.OperandBytes);
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            ulong entry = visit.ReadEntry(place);
            if (!MemoryInstructions.TryApply(ref registers, in instruction, (entry >> shift) & mask, out effect))
            {
                return EmulationOutcome.Refused;
            }

            if (!effect.Writes)
            {
                return EmulationOutcome.Done;
            }

            ulong wanted = (entry & ~(mask << shift)) | (effect.Value << shift);
            if (!visit.ExchangeEntry(place, entry, wanted, out bool isDone).Try(out Errno refused))
            {
                return OutcomeOf(refused);
            }

            if (isDone)
            {
                return EmulationOutcome.Done;
            }
        }

        return EmulationOutcome.Unfinished;
    }

    private static EmulationOutcome OutcomeOf(Errno error) => error == Errno.Again ? EmulationOutcome.Unfinished : EmulationOutcome.Refused;
}
