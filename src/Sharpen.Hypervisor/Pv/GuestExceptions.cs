using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;
using Sharpen.Hypervisor.Pv.Emulation;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Pv;

/// <summary>Faults and software interrupts of a guest go to its kernel; one that has no handler ends the domain.</summary>
public static class GuestExceptions
{
    private const uint VectorLimit = 32;

    /// <summary>Exceptions that mean what they say: division, breakpoint, overflow, bounds, segments, floating point, alignment.</summary>
    private const uint NeverOurs = 0x39U | (7U << 10) | (3U << 16) | (1U << 19);

    private const uint Debug = 1;
    private const int Nmi = 2;
    private const uint UndefinedInstruction = 6;
    private const uint DeviceNotAvailable = 7;
    private const uint GeneralProtection = 13;
    private const uint PageFault = 14;
    private const uint VectorsWithErrorCode = (1U << 8) | (0x1fU << 10) | (1U << 17) | (1U << 21) | (1U << 29) | (1U << 30);
    private const uint FaultWasPresent = 1;
    private const uint FaultWasWrite = 2;
    private const uint BadReturn = 0x200;
    private const uint FaultWasInUserMode = 4;
    private const uint FaultWasReserved = 8;
    private const uint FaultWasFetch = 16;
    private const ulong WritableTables = 1UL << (int)VmAssistKind.WritablePageTables;
    private const uint SelectorIsInIdt = 2;
    private const byte MasksUpcalls = 4;
    private const byte PrivilegeMask = 3;
    private const ulong SyscallInstructionBytes = 2;

    /// <summary>Hands over an exception that means what it says. False, and nothing has happened: <see cref="Deliver"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDeliverPlain(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        uint vector = registers.EntryVector;
        if (vector >= VectorLimit || (1U << (int)vector & NeverOurs) == 0)
        {
            return false;
        }

        HandOver(ref vcpu, ref registers, vector, registers.ErrorCode);
        return true;
    }

    /// <summary>Hands over a page fault that is nothing else in disguise, as nearly all are. False, and nothing has happened: <see cref="Deliver"/>.</summary>
    public static bool TryDeliverPageFault(ref Vcpu vcpu, ref CpuUserRegisters registers, GuestLinear address)
    {
        uint error = registers.ErrorCode;
        if ((error & FaultWasInUserMode) == 0)
        {
            return false;
        }

        if (vcpu.InKernel)
        {
            if ((error & (FaultWasPresent | FaultWasWrite)) == (FaultWasPresent | FaultWasWrite))
            {
                return false;
            }

            error &= ~FaultWasInUserMode;
        }

        VcpuInfos.Of(ref vcpu).Arch.Cr2 = address.Value;
        HandOver(ref vcpu, ref registers, PageFault, error);
        return true;
    }

    /// <summary>Hands an exception of the guest on this CPU to its kernel, unless it is one that is emulated.</summary>
    /// <param name="vcpu">The vCPU that this CPU is serving.</param>
    /// <param name="registers">Its live registers; the vector below 32 and the error code are in them.</param>
    public static void Deliver(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        uint vector = registers.EntryVector & (VectorLimit - 1);
        uint error = registers.ErrorCode;
        GuestLinear fault = GuestCpu.FaultAddress;
        if (vector == Debug)
        {
            GuestCpu.NoteDebug(ref vcpu.Context);
        }

        if ((registers.EntryVector & BadReturn) != 0)
        {
            Hand(ref vcpu, ref registers, vector, error, fault);        // nothing has been executed there yet
            return;
        }

        if (vector == GeneralProtection && (error & SelectorIsInIdt) != 0 && TrySoftwareInterrupt(ref vcpu, ref registers, error >> 3))
        {
            return;
        }

        if (TryEmulate(ref vcpu, ref registers, ref vector, ref error, ref fault))
        {
            return;
        }

        Hand(ref vcpu, ref registers, vector, error, fault);
    }

    // What some vectors do besides.
    private static void Hand(ref Vcpu vcpu, ref CpuUserRegisters registers, uint vector, uint error, GuestLinear fault)
    {
        if (vector == PageFault)
        {
            if ((error & FaultWasInUserMode) == 0 && GuestSegments.IsLdtFault(fault))
            {
                if (TryMapLdt(ref vcpu, ref fault))
                {
                    return;
                }

                error |= FaultWasInUserMode;
            }

            VcpuInfos.Of(ref vcpu).Arch.Cr2 = fault.Value;
            error = vcpu.InKernel ? error & ~FaultWasInUserMode : error;
        }

        if (vector == DeviceNotAvailable)
        {
            GuestCpu.SetTaskSwitched(ref vcpu.Context, false);
        }

        HandOver(ref vcpu, ref registers, vector, error);
    }

    /// <summary>Enters the kernel at its handler of a vector below 32.</summary>
    private static void HandOver(ref Vcpu vcpu, ref CpuUserRegisters registers, uint vector, uint error)
    {
        ref TrapInfo trap = ref vcpu.Traps[(int)vector];
        if (trap.Address == 0)
        {
            Unhandled(ref vcpu, in registers, vector);
            return;
        }

        GuestLinear handler = new(trap.Address);
        bool masks = (trap.Flags & MasksUpcalls) != 0;
        bool hasEntered = (VectorsWithErrorCode & (1U << (int)vector)) != 0
            ? Bounce.TryEnterWithError(ref vcpu, ref registers, handler, masks, error)
            : Bounce.TryEnter(ref vcpu, ref registers, handler, masks);
        Check(ref vcpu, in registers, hasEntered);
    }

    /// <summary>Enters the kernel for all that waits for it: a selector that was lost, an NMI, events.</summary>
    public static void DeliverWaiting(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        if (vcpu.Context.HasLostSelector)
        {
            DeliverFailsafe(ref vcpu, ref registers);
        }

        if (vcpu.NmiPending)
        {
            DeliverNmi(ref vcpu, ref registers);
        }

        if (EventBits.WantsUpcall(ref VcpuInfos.Of(ref vcpu)))
        {
            DeliverUpcall(ref vcpu, ref registers);
        }
    }

    /// <summary>Enters the kernel, which wants an upcall and can take one, at its event callback, if it has one.</summary>
    public static void DeliverUpcall(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        if (vcpu.Entries.Event.Value != 0)
        {
            Enter(ref vcpu, ref registers, vcpu.Entries.Event, masks: true);
        }
    }

    /// <summary>Enters the kernel for an NMI that waits, if it has a handler and is not in it.</summary>
    private static void DeliverNmi(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        TrapInfo trap = vcpu.Traps[Nmi];
        if (vcpu.NmiPending && !vcpu.NmiMasked && trap.Address != 0)
        {
            vcpu.NmiPending = false;
            vcpu.NmiMasked = true;
            Enter(ref vcpu, ref registers, new GuestLinear(trap.Address), masks: true);
        }
    }

    /// <summary>Enters the kernel at its failsafe callback when a selector of the vCPU could not be loaded.</summary>
    private static void DeliverFailsafe(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        vcpu.Context.HasLostSelector = false;
        if (vcpu.Entries.Failsafe.Value == 0)
        {
            DomainControl.Crash(ref vcpu, "segment selectors cannot be loaded, rip", registers.Rip);
            return;
        }

        Check(ref vcpu, in registers, Bounce.TryFailsafe(ref vcpu, ref registers, vcpu.Entries.Failsafe, vcpu.Entries.FailsafeMasksEvents));
    }

    /// <summary>A system call of user code: its kernel's business.</summary>
    public static void DeliverSystemCall(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        if (registers.Cs == (ushort)FlatSelector.UserCode32)
        {
            DeliverShortSystemCall(ref vcpu, ref registers);
            return;
        }

        if (vcpu.Entries.Syscall.Value == 0)
        {
            DomainControl.Crash(ref vcpu, "system call without a handler at", registers.Rip);
            return;
        }

        Enter(ref vcpu, ref registers, vcpu.Entries.Syscall, vcpu.Entries.SyscallMasksEvents);
    }

    // From compatibility mode: a kernel that has no entry for it sees the instruction as one that there is not.
    private static void DeliverShortSystemCall(ref Vcpu vcpu, ref CpuUserRegisters registers)
    {
        if (vcpu.Entries.Syscall32.Value != 0)
        {
            Enter(ref vcpu, ref registers, vcpu.Entries.Syscall32, vcpu.Entries.Syscall32MasksEvents);
            return;
        }

        registers.Rip = unchecked(registers.Rip - SyscallInstructionBytes);
        Hand(ref vcpu, ref registers, UndefinedInstruction, error: 0, fault: default);
    }

    // True: the guest goes on, and its page of the LDT is there now. False: the fault is its own, where it means its LDT to be.
    private static bool TryMapLdt(ref Vcpu vcpu, ref GuestLinear fault)
    {
        ref Domain domain = ref DomainList.Of(ref vcpu);
        using Locked<DomainRank> held = domain.Lock.Enter(NoLocks.Held);
        DomainPaging.Forget(in held, ref domain);
        Result mapped = GuestSegments.MapLdt(in held, ref vcpu.Context, ref domain.Memory, domain.Id, fault, out GuestLinear shown);
        if (mapped.Try(out Errno error) || error == Errno.Again)
        {
            return true;
        }

        fault = shown;
        return false;
    }

    // int n: the CPU refused it because the gate is ours; the guest's own gate decides. The instruction has two bytes.
    private static bool TrySoftwareInterrupt(ref Vcpu vcpu, ref CpuUserRegisters registers, uint vector)
    {
        TrapInfo trap = vcpu.Traps[(int)(vector & 0xff)];
        int ring = vcpu.InKernel ? 1 : PrivilegeMask;
        if (trap.Address == 0 || (trap.Flags & PrivilegeMask) < ring)
        {
            return false;
        }

        registers.Rip = unchecked(registers.Rip + 2);
        Enter(ref vcpu, ref registers, new GuestLinear(trap.Address), (trap.Flags & MasksUpcalls) != 0);
        return true;
    }

    // A privileged instruction of a kernel that takes itself for privileged. What it ends in may be another exception.
    private static bool TryEmulate(ref Vcpu vcpu, ref CpuUserRegisters registers, ref uint vector, ref uint error, ref GuestLinear fault)
    {
        EmulationResult result;
        switch (vector)
        {
            case GeneralProtection when error == 0:
                result = Emulator.OnProtectionFault(ref vcpu, ref registers);
                break;
            case UndefinedInstruction:
                result = Emulator.OnUndefined(ref vcpu, ref registers);
                break;
            case PageFault when IsKernelWrite(in vcpu, error, fault):
                result = OnKernelWrite(ref vcpu, ref registers, fault);
                break;
            case PageFault when error == FaultWasPresent && !GuestSegments.IsLdtFault(fault):
                result = RingReturn.OnSupervisorRead(ref registers);
                break;
            default:
                return false;
        }

        switch (result.Outcome)
        {
            case EmulationOutcome.PageFault when !result.Address.IsCanonical:
                return false;
            case EmulationOutcome.Undefined:
                vector = UndefinedInstruction;
                error = 0;
                return false;
            case EmulationOutcome.PageFault:
                vector = PageFault;
                error = result.Error;
                fault = result.Address;
                return false;
            case EmulationOutcome.Done when (registers.Rflags & (ulong)Rflags.Trap) != 0:
                vector = Debug;
                GuestCpu.NoteStep(ref vcpu.Context);
                error = 0;
                return false;
            default:
                return result.Outcome != EmulationOutcome.Refused;
        }
    }

    // A write of the kernel to a page that is there.
    private static bool IsKernelWrite(in Vcpu vcpu, uint error, GuestLinear fault)
    {
        const uint Kinds = FaultWasPresent | FaultWasWrite | FaultWasReserved | FaultWasFetch;
        return vcpu.InKernel && fault.IsGuest && (error & Kinds) == (FaultWasPresent | FaultWasWrite);
    }

    // To its page tables, if it has asked for that; to a device of the hypervisor's, if it drives the others.
    private static EmulationResult OnKernelWrite(ref Vcpu vcpu, ref CpuUserRegisters registers, GuestLinear fault)
    {
        ref Domain domain = ref DomainList.Of(ref vcpu);
        EmulationResult result = (domain.Assists & WritableTables) != 0 ? TableWrites.OnFault(ref vcpu, ref registers) : EmulationResult.Refused;
        return result.Outcome == EmulationOutcome.Refused && domain.IsHardware ? DeviceWrites.OnFault(ref vcpu, ref registers, fault) : result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Enter(ref Vcpu vcpu, ref CpuUserRegisters registers, GuestLinear handler, bool masks) =>
        Check(ref vcpu, in registers, Bounce.TryEnter(ref vcpu, ref registers, handler, masks));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Check(ref Vcpu vcpu, in CpuUserRegisters registers, bool hasEntered)
    {
        if (!hasEntered)
        {
            DomainControl.Crash(ref vcpu, "kernel stack or entry point cannot be used, rsp", registers.Rsp);
        }
    }

    private static void Unhandled(ref Vcpu vcpu, in CpuUserRegisters registers, uint vector)
    {
        Console.Log.Guest(Console.LogLevel.Warning, $"{vcpu.Id}: exception {vector} error {registers.ErrorCode} has no handler");
        DomainControl.Crash(ref vcpu, "unhandled exception at", registers.Rip);
    }
}
