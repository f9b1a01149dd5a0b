using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Pv;

namespace Sharpen.Hypervisor.Hypercalls.Table;

/// <summary>The way in of the syscall instruction: a call of the kernel for us, or a system call of user code for its kernel.</summary>
public static class HypercallEntry
{
    private const ulong SyscallInstructionBytes = 2;

    /// <summary>Serves the vCPU that this CPU had been running.</summary>
    public static void Enter(ref Vcpu caller, ref CpuUserRegisters registers)
    {
        if (!caller.InKernel)
        {
            GuestExceptions.DeliverSystemCall(ref caller, ref registers);
            return;
        }

        HypercallArguments call = new(in registers);
        Answer answer = HypercallTable.Dispatch(ref caller, in call);
        if (answer.Kind == AnswerKind.Value)
        {
            registers.Rax = unchecked((ulong)answer.Value);
            return;
        }

        switch (answer.Kind)
        {
            case AnswerKind.Continue:
                registers.Rdi = unchecked((ulong)answer.Value);
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
