using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Pv;

namespace Sharpen.Hypervisor.Hypercalls.Table;

/// <summary>The way in of the syscall instruction: a call of the kernel for us, or a system call of user code for its kernel.</summary>
public static class HypercallEntry
{
    private const ulong SyscallInstructionBytes = 2;

    /// <summary>Serves the vCPU that this CPU had been running.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Enter(ref Vcpu caller, ref CpuUserRegisters registers)
    {
        if (!caller.InKernel)
        {
            GuestExceptions.DeliverSystemCall(ref caller, ref registers);
            return;
        }

        Answer answer = HypercallTable.Dispatch(ref caller, in HypercallArguments.Of(in registers));
        if (answer.IsNumber)
        {
            registers.Rax = unchecked((ulong)answer.Value);
        }
        else if (!answer.HasSetRegisters)
        {
            MakeAgain(ref registers, answer);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeAgain(ref CpuUserRegisters registers, Answer answer)
    {
        switch (answer.Kind)
        {
            case AnswerKind.Continue:
                registers.Rdi = answer.First;
                registers.Rip = unchecked(registers.Rip - SyscallInstructionBytes);
                break;
            case AnswerKind.Again:
                registers.Rip = unchecked(registers.Rip - SyscallInstructionBytes);
                break;
            case AnswerKind.AgainWithThree:
                registers.Rdx = answer.Third;
                goto case AnswerKind.AgainWith;
            case AnswerKind.AgainWith:
                registers.Rdi = answer.First;
                registers.Rsi = answer.Second;
                registers.Rip = unchecked(registers.Rip - SyscallInstructionBytes);
                break;
            default:
                break;
        }
    }
}
