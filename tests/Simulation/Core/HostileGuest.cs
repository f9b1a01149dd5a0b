using Sharpen.Abi;
using Sharpen.Machine.Guest;

namespace Sharpen.Simulation.Core;

/// <summary>A kernel that does what no kernel does: any call with any arguments, any iret frame, any exception, with stacks that are none.</summary>
internal sealed class HostileGuest(DomainId id, ulong seed) : SimulatedGuest(id, seed)
{
    /// <inheritdoc/>
    protected override bool Act(ref CpuUserRegisters registers)
    {
        for (ulong offset = 0; offset < 64; offset += 8)
        {
            Store(Scratch + offset, Number());
        }

        switch (Random.Below(64))
        {
            case 0:
                registers.Rsp = Random.OneIn(2) ? Number() : Scratch + 0x800;
                return false;
            case 1:
                return Fault(ref registers);
            case 2:
                return Frame(ref registers);
            case 3:
                return Call(ref registers, Hypercall.SetCallbacks, Random.OneIn(2) ? EventEntry : Number(), Number(), Number());
            case 4:
                return Call(ref registers, Hypercall.UpdateVaMapping, Random.OneIn(2) ? Scratch - 0x1000 : Number(), Number());
            default:
                return Call(ref registers, (Hypercall)Random.Below(60), Random.Below(16UL), Random.OneIn(4) ? Number() : Scratch, Number());
        }
    }

    private bool Fault(ref CpuUserRegisters registers)
    {
        registers.EntryVector = (uint)Random.Below(32);
        registers.ErrorCode = (uint)(Number() & uint.MaxValue);
        GuestCpu.SetFault(new GuestLinear(Number()));
        return true;
    }

    private bool Frame(ref CpuUserRegisters registers)
    {
        IretContext frame = new()
        {
            Rip = Random.OneIn(2) ? KernelFile.Start : Number(),
            Cs = Random.OneIn(2) ? 0xe030 : Number(),
            Rflags = Number(),
            Rsp = Random.OneIn(2) ? Scratch + 0x800 : Number(),
            Ss = Random.OneIn(2) ? 0xe02b : Number(),
        };
        Store(Scratch, frame);
        registers.Rsp = Random.OneIn(8) ? Number() : Scratch;
        return Call(ref registers, Hypercall.Iret);
    }

    // Numbers near the edges that checks are about, and any others.
    private ulong Number() => Random.Below(8) switch
    {
        0 => Random.Below(16UL),
        1 => unchecked(0UL - Random.Below(4096UL)),
        2 => 0xffff_8000_0000_0000 + Random.Below(1UL << 43),
        3 => 0x7fff_ffff_f000 + Random.Below(8192UL),
        4 => KernelFile.Base + Random.Below(1UL << 23),
        5 => 1UL << Random.Below(64),
        6 => 0x7ff0 + Random.Below(16UL),
        _ => Random.Next(),
    };
}
