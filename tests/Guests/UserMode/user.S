/* A program for user mode, and the ways from it into its kernel and back. */

        .section .text.stubs, "ax"

/* A step that is to fault goes on at the label behind it. */
        .macro  FAULTS instruction:vararg
        leaq    1f(%rip), %r12
        \instruction
1:
        .endm
        .macro  SAY number
        movl    $\number, %eax
        syscall
        .endm

        .globl  user_program
user_program:
        movq    %gs:0, %rdi
        SAY     1
        int3
        FAULTS  movq 0x1000, %rax
        FAULTS  hlt
        FAULTS  ud2
        movl    $0x2b, %eax                         /* the kernel's GDT */
        movl    %eax, %fs
        movl    %fs, %edi
        SAY     2
        movl    $0x63, %eax                         /* nothing there */
        FAULTS  movl %eax, %ds
        movl    $0xf, %eax                          /* the LDT */
        movl    %eax, %es
        movl    %es, %edi
        SAY     3
        movl    $0x1017, %eax                       /* a page of the LDT that is not there */
        FAULTS  movl %eax, %ds
        movl    $0xe013, %eax                       /* the hypervisor's own */
        FAULTS  movl %eax, %ds
        leaq    1f(%rip), %r12
        SAY     4                                   /* comes back to a data segment */
1:      leaq    1f(%rip), %r12
        SAY     5                                   /* comes back to nowhere */
1:      SAY     6                                   /* gs by its selector */
        movl    %gs, %edi
        SAY     2
        movl    %es, %edi
        SAY     3                                   /* others ran meanwhile */
        SAY     7                                   /* the next vector instruction */
        pxor    %xmm1, %xmm1
        pxor    %xmm1, %xmm1
        SAY     8                                   /* a breakpoint on the stack */
        movq    %rax, -64(%rsp)
        SAY     9
        SAY     10                                  /* the time is hidden */
        FAULTS  rdtsc
        SAY     11                                  /* and shown again */
        rdtsc
        SAY     0
        ud2

/* (bits to set, bits to keep) in CR4; answers some time, which its kernel may read all the same. */
        .globl  user_time
user_time:
        movq    %cr4, %rax
        andq    %rsi, %rax
        orq     %rdi, %rax
        movq    %rax, %cr4
        rdtsc
        ret

        .macro  SAVE
        .irp    register, rcx, r11, rax, rdx, rsi, rdi, r8, r9, r10, rbx, rbp, r12, r13, r14, r15
        pushq   %\register
        .endr
        subq    $32, %rsp
        movups  %xmm0, (%rsp)
        movups  %xmm8, 16(%rsp)
        cld
        leaq    (32 + 15 * 8)(%rsp), %rsi
        movq    %rsp, %rbx
        andq    $-16, %rsp
        .endm
        .macro  RESTORE
        movq    %rbx, %rsp
        movups  (%rsp), %xmm0
        movups  16(%rsp), %xmm8
        addq    $32, %rsp
        .irp    register, r15, r14, r13, r12, rbp, rbx, r10, r9, r8, rdi, rsi, rdx, rax, r11, rcx
        popq    %\register
        .endr
        .endm

/* Exceptions: (vector, frame from the error code on) to C#. Faults of the program end behind the instruction. */
        .macro  TRAP vector, has_error, skips
        .globl  user_trap_\vector
user_trap_\vector:
        popq    %rcx
        popq    %r11
        .if     \has_error == 0
        pushq   $0
        .endif
        SAVE
        movl    $\vector, %edi
        call    user_event
        RESTORE
        addq    $8, %rsp
        .if     \skips
        movq    %r12, (%rsp)
        movq    $0x33, 8(%rsp)
        movq    $0x2b, 32(%rsp)
        .endif
        pushq   $0
        jmp     hypercall_page + 23 * 32
        .endm
        TRAP    1, 0, 0
        TRAP    3, 0, 0
        TRAP    6, 0, 1
        TRAP    7, 0, 0
        TRAP    11, 1, 1
        TRAP    13, 1, 1
        TRAP    14, 1, 1

/* System calls: (number, frame from the flags on, argument) to C#, which may change them. */
        .globl  user_call
user_call:
        popq    %rcx
        popq    %r11
        pushq   $256                                /* VGCF_in_syscall */
        movq    %rdi, %rdx
        SAVE
        movl    %eax, %edi
        call    user_asks
        RESTORE
        jmp     hypercall_page + 23 * 32

