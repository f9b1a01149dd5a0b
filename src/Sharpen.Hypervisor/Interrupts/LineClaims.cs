using Sharpen.Abi;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Interrupts;

/// <summary>Lines as domains use them: claimed, released, moved, ended.</summary>
public static class LineClaims
{
    private static ref LinesState State => ref Root.Of<LinesState>();

    /// <summary>
    /// From now on the line arrives, at this domain. <see cref="Errno.Inval"/>: no such line; <see cref="Errno.Busy"/>: another has it, or the
    /// hypervisor; <see cref="Errno.NoSpc"/>: no vector is free.
    /// </summary>
    public static Result Claim(scoped in Locked<EventRank> outer, int number, int domainSlot, int pirq, CpuId cpu)
    {
        if (number is < 0 or >= InterruptLines.Count)
        {
            return Errno.Inval;
        }

        ref LinesState state = ref State;
        using Locked<InterruptRank> held = state.Lock.Enter(outer);
        ref InterruptLine line = ref state.Lines[number];
        if (line.Kind == LineKind.None)
        {
            return Errno.Inval;
        }

        if (line.IsOwn || line.IsClaimed)
        {
            return Errno.Busy;
        }

        if (line.Vector == 0)
        {
            if (!VectorSpace.Allocate(cpu, number, 1).Try(out line.Vector, out Errno full))
            {
                return full;
            }

            line.Cpu = cpu.Value;
        }

        line.IsClaimed = true;
        line.IsInService = false;
        line.DomainSlot = domainSlot;
        line.Pirq = pirq;
        LineHardware.Route(held, ref line, number, masked: false);
        return Result.Success;
    }

    /// <summary>The line is masked and belongs to nobody; a pin loses its vector.</summary>
    public static void Release(scoped in Locked<EventRank> outer, int number)
    {
        ref LinesState state = ref State;
        using Locked<InterruptRank> held = state.Lock.Enter(outer);
        ref InterruptLine line = ref state.Lines[number];
        line.IsClaimed = false;
        line.IsInService = false;
        line.MovesNext = false;
        LineHardware.SetMask(held, ref line, number, masked: true);
        ForgetOldPlace(ref line);
        if (line.Kind == LineKind.Pin)
        {
            VectorSpace.Free(new CpuId(line.Cpu), line.Vector);
            line.Vector = 0;
        }
    }

    /// <summary>The domain has made the device content: a line in service may arrive again.</summary>
    public static void EndService(scoped in Locked<EventRank> outer, int number)
    {
        ref LinesState state = ref State;
        using Locked<InterruptRank> held = state.Lock.Enter(outer);
        ref InterruptLine line = ref state.Lines[number];
        if (line.IsInService)
        {
            line.IsInService = false;
            LineHardware.SetMask(held, ref line, number, masked: false);
        }
    }

    /// <summary>True when the domain must say that the device is content.</summary>
    public static bool NeedsEnd(scoped in Locked<EventRank> outer, int number)
    {
        ref LinesState state = ref State;
        using Locked<InterruptRank> held = state.Lock.Enter(outer);
        return state.Lines[number].IsLevel;
    }

    /// <summary>The line goes to another CPU, as soon as it can: a level when it next arrives, since only then nothing is under way.</summary>
    public static void Move(scoped in Locked<EventRank> outer, int number, CpuId cpu)
    {
        ref LinesState state = ref State;
        using Locked<InterruptRank> held = state.Lock.Enter(outer);
        Want(held, ref state.Lines[number], number, cpu);
    }

    /// <summary>All lines of this CPU go to another, but for messages that share an address: those stay.</summary>
    public static void MoveAll(CpuId heir)
    {
        int self = Processor.Id.Value;
        ref LinesState state = ref State;
        using Locked<InterruptRank> held = state.Lock.Enter(NoLocks.Held);
        for (int number = 0; number < InterruptLines.Count; number++)
        {
            ref InterruptLine line = ref state.Lines[number];
            if (line.IsClaimed && line.Cpu == self)
            {
                Want(held, ref line, number, heir);
            }
        }
    }

    /// <summary>An interrupt came by a vector that is not the hypervisor's own. True: it is for the target.</summary>
    public static bool Arrive(byte vector, out LineTarget target)
    {
        target = default;
        ref CpuVectors own = ref PerCpu.Local<CpuVectors>();
        ref LinesState state = ref State;
        using Locked<InterruptRank> held = state.Lock.Enter(NoLocks.Held);
        int number = own.Lines[vector] - 1;
        if (number < 0)
        {
            own.Stray++;
            LocalApic.Acknowledge();
            return false;
        }

        ref InterruptLine line = ref state.Lines[number];
        line.Count++;
        bool isMasked = line.IsLevel || !line.IsClaimed;
        if (isMasked)
        {
            LineHardware.SetMask(held, ref line, number, masked: true);
        }

        LocalApic.Acknowledge();
        if (line.Vector == vector && line.Cpu == Processor.Id.Value)
        {
            ForgetOldPlace(ref line);
        }

        if (!line.IsClaimed)
        {
            line.Unwanted++;
            return false;
        }

        line.IsInService = line.IsLevel;
        if (line.MovesNext && LineHardware.TryFind(number, out IoApic controller) && !controller.IsInService((uint)number))
        {
            line.MovesNext = false;
            MoveNow(held, ref line, number);
        }

        target = new LineTarget(line.DomainSlot, line.Pirq);
        return true;
    }

    private static void Want(scoped in Locked<InterruptRank> held, ref InterruptLine line, int number, CpuId cpu)
    {
        line.MovesNext = false;
        if (!line.IsClaimed || line.Cpu == cpu.Value || line.GroupSize > 1)
        {
            return;
        }

        line.WantedCpu = cpu.Value;
        line.MovesNext = line.IsLevel;
        if (!line.IsLevel)
        {
            MoveNow(held, ref line, number);
        }
    }

    // The old vector stays until one comes by the new: what is under way by the old then counts for the same line.
    private static void MoveNow(scoped in Locked<InterruptRank> held, ref InterruptLine line, int number)
    {
        if (!VectorSpace.Allocate(new CpuId(line.WantedCpu), number, 1).Try(out byte vector, out _))
        {
            return;
        }

        ForgetOldPlace(ref line);
        line.OldVector = line.Vector;
        line.OldCpu = line.Cpu;
        line.Vector = vector;
        line.Cpu = line.WantedCpu;
        LineHardware.Route(held, ref line, number, masked: line.IsInService);
    }

    private static void ForgetOldPlace(ref InterruptLine line)
    {
        if (line.OldVector != 0)
        {
            VectorSpace.Free(new CpuId(line.OldCpu), line.OldVector);
            line.OldVector = 0;
        }
    }
}
