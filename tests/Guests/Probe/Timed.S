/* Single operations between two reads of the time-stamp counter. Each is (call) -> ticks; a call is a number and five
 * arguments, and its result comes behind them. What stands between the reads besides the operation is the same for all of
 * a kind, and the one of that kind without the operation is subtracted. */
        .section .text.stubs, "ax"

/* Nothing, at addresses that a profiler can wait for: all turns of one operation are between them. */
        .globl  probe_begin, probe_end
probe_begin:
        ret
probe_end:
        ret

        .macro  BEGIN name
        .balign 16                          /* a function pointer may not have its second bit set */
        .globl  \name
\name:
        pushq   %rbx
        pushq   %rbp
        pushq   %r12
        pushq   %r13
        pushq   %r14
        pushq   %r15
        movq    %rdi, %rbp
        .endm

        .macro  START
        rdtsc
        shlq    $32, %rdx
        orq     %rax, %rdx
        movq    %rdx, %r12
        .endm

        .macro  END
        movq    %rax, %r13
        rdtsc
        shlq    $32, %rdx
        orq     %rdx, %rax
        subq    %r12, %rax
        movq    %r13, 48(%rbp)
        popq    %r15
        popq    %r14
        popq    %r13
        popq    %r12
        popq    %rbp
        popq    %rbx
        ret
        .endm

        .macro  ARGUMENTS
        movq    (%rbp), %rax
        movq    8(%rbp), %rdi
        movq    16(%rbp), %rsi
        movq    24(%rbp), %rdx
        movq    32(%rbp), %r10
        movq    40(%rbp), %r8
        .endm

        BEGIN   probe_call
        START
        ARGUMENTS
        syscall
        END

        BEGIN   probe_call_nothing
        START
        ARGUMENTS
        END

        BEGIN   probe_breakpoint
        START
        int3
        END

        BEGIN   probe_touch_hole            /* the first argument is an address that is not mapped */
        START
        movq    8(%rbp), %rcx
        movb    (%rcx), %al
        END

        BEGIN   probe_touch_page            /* the same of one that is */
        START
        movq    8(%rbp), %rcx
        movb    (%rcx), %al
        END

        BEGIN   probe_nothing
        START
        END

/* The frame that the iret hypercall takes, rax first; it returns to the next instruction on the same stack. */
        .macro  IRET_FRAME
        movq    %rsp, %rbx
        leaq    9f(%rip), %rsi
        pushq   $0xe02b
        pushq   %rbx
        pushq   $0x202
        pushq   $0xe030
        pushq   %rsi
        pushq   $0
        pushq   %rcx
        pushq   %r11
        pushq   %rax
        movl    $23, %eax
        .endm

        BEGIN   probe_iret
        START
        IRET_FRAME
        syscall
9:      END

        BEGIN   probe_iret_nothing
        START
        IRET_FRAME
        movq    %rbx, %rsp
9:      END

/* Handlers, as short as may be. Xen's frame: rcx, r11, [error,] rip, cs, rflags, rsp, ss. */
        .macro  RETURN
        pushq   $0
        pushq   %rcx
        pushq   %r11
        pushq   %rax
        movl    $23, %eax
        syscall
        .endm

        .globl  probe_upcall_entry
probe_upcall_entry:
        popq    %rcx
        popq    %r11
        movb    $0, guest_shared_page
        movq    $0, guest_shared_page + 8
        movq    $0, guest_shared_page + 2048
        incq    probe_upcalls(%rip)
        RETURN

        .globl  probe_breakpoint_entry
probe_breakpoint_entry:
        popq    %rcx
        popq    %r11
        RETURN

        .globl  probe_page_fault_entry
probe_page_fault_entry:
        popq    %rcx
        popq    %r11
        addq    $8, %rsp
        addq    $2, (%rsp)                  /* over the movb */
        RETURN

        .data
        .globl  probe_upcalls
probe_upcalls:
        .quad   0
