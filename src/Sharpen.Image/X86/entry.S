/* Every way into C# and back: 256 vectors, the syscall page, the return to the guest, idle. */
#include "layout.h"

        .section .text.stubs, "ax"

/* One 16-byte stub a vector: an error code of zero where the CPU pushes none, and the vector beside it. */
        .globl  vector_stubs
        .align  16
vector_stubs:
        .set    vector, 0
        .rept   256
        .align  16
        .if     (vector != 8) && (vector != 10) && (vector != 11) && (vector != 12) && (vector != 13) && (vector != 14) && (vector != 17) && (vector != 21) && (vector != 29) && (vector != 30)
        pushq   $0
        .endif
        movl    $vector, 4(%rsp)
        .if     (vector == 2) || (vector == 8) || (vector == 18)
        jmp     entry_own_stack
        .elseif (vector == 1)
        jmp     entry_debug
        .elseif (vector == 14)
        jmp     entry_page_fault
        .elseif (vector < 32)
        jmp     entry_fault
        .else
        jmp     entry_interrupt
        .endif
        .set    vector, vector + 1
        .endr

/* Whatever policy wrote there: ring 3, interrupts on, no ports, no nested task, no virtual-8086 mode. And what was in the way of C#. */
        .macro  SETTLE
        orb     $3, REGS_CS(%rsp)
        orb     $3, REGS_SS(%rsp)
        andq    $~0x1a7000, REGS_RFLAGS(%rsp)
        orq     $0x202, REGS_RFLAGS(%rsp)
        movups  (CPU_BLOCK - GUEST_FRAME + CPU_XMM0)(%rsp), %xmm0
        movups  (CPU_BLOCK - GUEST_FRAME + CPU_XMM8)(%rsp), %xmm8
        cmpb    $0, (CPU_BLOCK - GUEST_FRAME + CPU_TASK_SWITCHED)(%rsp)
        jz      7f
        movq    %cr0, %rax
        orq     $CR0_TASK_SWITCHED, %rax
        movq    %rax, %cr0
7:
        .endm

        .macro  TAKE_ADDRESS
        cld
        movq    %cr2, %rsi
        .endm

/* The rest of a way in from a guest, to the C# of its kind, and out. */
        .macro  FROM_GUEST upcall, before:vararg
        PUSH_REGISTERS
        cmpw    $0, (CPU_BLOCK - GUEST_FRAME + CPU_SMAP)(%rsp)
        jnz     2f
1:      movups  %xmm0, (CPU_BLOCK - GUEST_FRAME + CPU_XMM0)(%rsp)
        movups  %xmm8, (CPU_BLOCK - GUEST_FRAME + CPU_XMM8)(%rsp)
        OVERWRITE_RETURNS (CPU_BLOCK - GUEST_FRAME + CPU_RETURNS)(%rsp)
        xorl    %ebp, %ebp
        movq    %rsp, %rdi
        \before
        subq    $8, %rsp
        call    \upcall
        cmpl    $NEXT_AS_CAME, %eax
        je      resume_as_came
        jmp     leave

/* What stands in the way of C#: access to guest memory, and the guest's wish to hear of its first vector instruction. */
2:      cmpb    $0, (CPU_BLOCK - GUEST_FRAME + CPU_SMAP)(%rsp)
        jz      3f
        .byte   0x0f, 0x01, 0xca                    /* clac */
3:      clts
        jmp     1b
        .endm

        .align  16
entry_fault:
        .cfi_startproc
        .cfi_undefined rip
        testb   $3, 16(%rsp)
        jz      entry_from_host
fault_from_guest:
        FROM_GUEST image_fault, cld

        .align  16
entry_page_fault:
        testb   $3, 16(%rsp)
        jz      entry_from_host
        FROM_GUEST image_page_fault, TAKE_ADDRESS

        .align  16
entry_interrupt:
        testb   $3, 16(%rsp)
        jz      entry_from_host
        FROM_GUEST image_interrupt, cld

        .align  16
entry_call:
        FROM_GUEST image_call                       /* the syscall instruction clears the direction flag */

/* A fault in C#, an expected fault in a stub, a fault of the return itself, or an interrupt while idle. */
entry_from_host:
        PUSH_REGISTERS
        cld
        leaq    return_to_guest(%rip), %rax
        cmpq    %rax, REGS_RIP(%rsp)
        je      bad_return
        subq    $40, %rsp
        movups  %xmm0, (%rsp)
        movups  %xmm8, 16(%rsp)
        leaq    40(%rsp), %rdi
        call    image_from_host
        movups  (%rsp), %xmm0
        movups  16(%rsp), %xmm8
        addq    $40, %rsp
        POP_REGISTERS
        addq    $8, %rsp
        iretq

/* The guest's frame is where it was, its registers are those we just saved: start over as an entry from the guest. */
bad_return:
        movq    REGS_ERROR(%rsp), %rax
        btsq    $41, %rax                           /* VECTOR_BAD_RETURN, in the upper half */
        movq    REGS_RSP(%rsp), %rdx                /* points at the guest's rip */
        movq    %rax, -8(%rdx)
        leaq    -REGS_RIP(%rdx), %rdi
        movq    %rsp, %rsi
        movq    %rdi, %rdx
        leaq    14 * 8(%rsi), %rsi
        leaq    14 * 8(%rdi), %rdi
        movl    $15, %ecx
        std
        rep movsq
        cld
        clts
        movq    %rdx, %rsp
        movups  %xmm0, (CPU_BLOCK - GUEST_FRAME + CPU_XMM0)(%rsp)
        movups  %xmm8, (CPU_BLOCK - GUEST_FRAME + CPU_XMM8)(%rsp)
        xorl    %ebp, %ebp
        movq    %rsp, %rdi
        subq    $8, %rsp
        call    image_fault

/* eax: what next. The guest's frame stands at the top of this CPU's main stack. */
leave:
        movq    %rsp, %rdx
        andq    $-BLOCK_SIZE, %rdx
        leaq    GUEST_FRAME(%rdx), %rsp
        cmpl    $NEXT_IDLE, %eax
        je      idle
        SETTLE
        POP_REGISTERS
        addq    $8, %rsp
        jmp     return_to_guest

/* rsp is where the call of C# had it, and the registers that calls preserve have not changed: only rbp is another. */
resume_as_came:
        addq    $8, %rsp
        SETTLE
        addq    $4 * 8, %rsp                        /* r15 to r12 */
        POP_RBP_TO_RDI
        addq    $8, %rsp
        .globl  return_to_guest
return_to_guest:
        iretq

idle:
        subq    $8, %rsp
        sti
        hlt
        cli
        call    image_idle
        jmp     leave

/* rsp lies in a stack of its own (NMI, #MC, #DF): nothing else may be disturbed. */
        .align  16
entry_own_stack:
        PUSH_REGISTERS
        cld
        movq    %rsp, %rax
        andq    $-BLOCK_SIZE, %rax
        OVERWRITE_RETURNS (CPU_BLOCK + CPU_RETURNS)(%rax)
        movq    %cr0, %rbx
        clts
        subq    $40, %rsp
        movups  %xmm0, (%rsp)
        movups  %xmm8, 16(%rsp)
        leaq    40(%rsp), %rdi
        call    image_own_stack
        movups  (%rsp), %xmm0
        movups  16(%rsp), %xmm8
        addq    $40, %rsp
        testb   $CR0_TASK_SWITCHED, %bl
        jz      1f
        movq    %rbx, %cr0
1:      POP_REGISTERS
        addq    $8, %rsp
        iretq

/* #DB has its own stack because it may strike at the first instruction of the syscall page, on the guest's rsp.
   From the guest: move the frame to the main stack and enter as usual. */
        .align  16
entry_debug:
        testb   $3, 16(%rsp)
        jz      entry_own_stack
        pushq   %rdx
        pushq   %rax
        movq    %rsp, %rdx
        andq    $-BLOCK_SIZE, %rdx
        addq    $(MAIN_STACK_TOP - REGS_SEGMENTS), %rdx
        .irp    slot, 1, 2, 3, 4, 5, 6
        movq    (64 - 8 * \slot)(%rsp), %rax
        movq    %rax, (-8 * \slot)(%rdx)
        .endr
        movq    8(%rsp), %rax
        movq    %rax, -56(%rdx)
        movq    (%rsp), %rax
        movq    %rax, -64(%rdx)
        leaq    -64(%rdx), %rsp
        popq    %rax
        popq    %rdx
        jmp     fault_from_guest
        .cfi_endproc

/* C# starts a CPU's life here: (rdi: top of the main stack, rsi: function that returns what next). Never returns. */
FUNCTION run_on_stack
        leaq    -(REGS_SIZE + 8)(%rdi), %rsp
        xorl    %ebp, %ebp
        call    *%rsi
        jmp     leave

/* An unhandled bug with no lock held: forget the C# frames and leave as if image_crashed had been the call. */
FUNCTION reset_and_leave
        movq    %rsp, %rdx
        andq    $-BLOCK_SIZE, %rdx
        leaq    (GUEST_FRAME - 8)(%rdx), %rsp
        xorl    %ebp, %ebp
        call    image_after_crash
        jmp     leave

        .macro  SYSCALL_ENTRY code
        movq    %rsp, (syscall_page - SYSCALL_PAGE + CPU_BLOCK + CPU_SCRATCH)(%rip)
        leaq    (syscall_page - SYSCALL_PAGE + MAIN_STACK_TOP - REGS_SEGMENTS)(%rip), %rsp
        pushq   $SEL_GUEST_DATA
        pushq   (syscall_page - SYSCALL_PAGE + CPU_BLOCK + CPU_SCRATCH)(%rip)
        pushq   %r11
        pushq   $\code
        pushq   %rcx
        pushq   $0
        movl    $VECTOR_SYSCALL, 4(%rsp)
        jmpq    *syscall_target(%rip)
        .endm

/* The syscall page is mapped at SYSCALL_PAGE of every CPU's block, so its rip-relative addresses are that CPU's own. */
        .balign 4096
        .globl  syscall_page
syscall_page:
        SYSCALL_ENTRY SEL_GUEST_CODE64
        .org    syscall_page + SHORT_SYSCALL
        SYSCALL_ENTRY SEL_GUEST_CODE32
syscall_target:
        .quad   entry_call
        .balign 4096
