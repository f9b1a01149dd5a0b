/* Single instructions that C# cannot say. Arguments in rdi, rsi, rdx; results in rax. */
#include "layout.h"

        .section .text.stubs, "ax"

FUNCTION cpu_cpuid                                  /* (leaf, subleaf, uint* four) */
        pushq   %rbx
        movq    %rdx, %r8
        movl    %edi, %eax
        movl    %esi, %ecx
        cpuid
        movl    %eax, (%r8)
        movl    %ebx, 4(%r8)
        movl    %ecx, 8(%r8)
        movl    %edx, 12(%r8)
        popq    %rbx
        ret

FUNCTION cpu_read_msr                               /* (number, ulong* value) -> 1, or 0 on #GP */
        movl    %edi, %ecx
1:      rdmsr
        shlq    $32, %rdx
        orq     %rdx, %rax
        movq    %rax, (%rsi)
        movl    $1, %eax
        ret
2:      xorl    %eax, %eax
        ret
        FIXUP   1b, 2b

FUNCTION cpu_write_msr                              /* (number, value) -> 1, or 0 on #GP */
        movl    %edi, %ecx
        movl    %esi, %eax
        movq    %rsi, %rdx
        shrq    $32, %rdx
1:      wrmsr
        movl    $1, %eax
        ret
2:      xorl    %eax, %eax
        ret
        FIXUP   1b, 2b

/* Calls EFI by its convention (Microsoft's): arguments in rcx, rdx, r8, r9 and behind 32 bytes on the stack; numeric state as at reset. */
FUNCTION cpu_call_firmware                          /* (function, root, ulong* five) -> status */
        pushq   %rbp
        movq    %rsp, %rbp
        .irp    register, rbx, r12, r13, r14, r15
        pushq   %\register
        .endr
        movq    %cr3, %rax
        pushq   %rax
        movq    %rdi, %rax
        movq    %rdx, %r10
        movq    %rsi, %cr3
        subq    $64, %rsp
        andq    $-16, %rsp
        movl    $0x1f80, 40(%rsp)
        fninit
        ldmxcsr 40(%rsp)
        movq    32(%r10), %rcx
        movq    %rcx, 32(%rsp)
        movq    (%r10), %rcx
        movq    8(%r10), %rdx
        movq    16(%r10), %r8
        movq    24(%r10), %r9
        cld
        call    *%rax
        cli
        cld
        leaq    -48(%rbp), %rsp
        popq    %rcx
        movq    %rcx, %cr3
        .irp    register, r15, r14, r13, r12, rbx
        popq    %\register
        .endr
        popq    %rbp
        ret

FUNCTION cpu_read_tsc
        rdtsc
        shlq    $32, %rdx
        orq     %rdx, %rax
        ret

FUNCTION cpu_read_cr0
        movq    %cr0, %rax
        ret
FUNCTION cpu_read_cr2
        movq    %cr2, %rax
        ret
FUNCTION cpu_read_cr3
        movq    %cr3, %rax
        ret
FUNCTION cpu_read_cr4
        movq    %cr4, %rax
        ret
FUNCTION cpu_write_cr3
        movq    %rdi, %cr3
        ret
FUNCTION cpu_write_cr4
        movq    %rdi, %cr4
        ret

FUNCTION cpu_load_debug                             /* (addresses of four breakpoints) */
        .irp    number, 0, 1, 2, 3
        movq    (8 * \number)(%rdi), %rax
        movq    %rax, %dr\number
        .endr
        ret
FUNCTION cpu_read_dr6
        movq    %dr6, %rax
        ret
FUNCTION cpu_write_dr6
        movq    %rdi, %dr6
        ret
FUNCTION cpu_write_dr7
        movq    %rdi, %dr7
        ret

FUNCTION cpu_load_gdt                               /* (base, limit): loads it and every selector register */
        subq    $16, %rsp
        movw    %si, 6(%rsp)
        movq    %rdi, 8(%rsp)
        lgdt    6(%rsp)
        addq    $16, %rsp
        movl    $SEL_HOST_DATA, %eax
        xorl    %ecx, %ecx
        movl    %ecx, %ss
        movl    %ecx, %ds
        movl    %ecx, %es
        movl    %ecx, %fs
        movl    %ecx, %gs
        popq    %rcx
        pushq   $SEL_HOST_CODE
        pushq   %rcx
        lretq

FUNCTION cpu_load_idt                               /* (base, limit) */
        subq    $16, %rsp
        movw    %si, 6(%rsp)
        movq    %rdi, 8(%rsp)
        lidt    6(%rsp)
        addq    $16, %rsp
        ret

FUNCTION cpu_load_task                              /* (selector) */
        ltr     %di
        ret

FUNCTION cpu_load_ldt                               /* (selector) */
        lldt    %di
        ret

FUNCTION cpu_invalidate                             /* (linear address) */
        invlpg  (%rdi)
        ret

FUNCTION cpu_write_back
        wbinvd
        ret

FUNCTION cpu_stop                                   /* for ever; an NMI ends in the same place */
1:      cli
        hlt
        jmp     1b

FUNCTION cpu_wait_for_interrupt                     /* one interrupt, then interrupts off again */
        sti
        hlt
        cli
        ret

FUNCTION cpu_breakpoint                             /* where the debugger, or a forced panic, stops */
        ud2

FUNCTION ready_to_build_dom0                        /* counted to by bench/boot */
        ret

FUNCTION cpu_frame_address
        movq    %rsp, %rax
        ret

FUNCTION cpu_save_vectors                           /* (fxsave area, CpuBlock*): the guest's xmm0 and xmm8 are in the block */
        movups  CPU_XMM0(%rsi), %xmm0
        movups  CPU_XMM8(%rsi), %xmm8
        fxsave64 (%rdi)
        ret

FUNCTION cpu_restore_vectors
        fxrstor64 (%rdi)
        movups  %xmm0, CPU_XMM0(%rsi)
        movups  %xmm8, CPU_XMM8(%rsi)
        ret

FUNCTION cpu_xsave                                  /* (area, CpuBlock*, mask) */
        movups  CPU_XMM0(%rsi), %xmm0
        movups  CPU_XMM8(%rsi), %xmm8
        movl    %edx, %eax
        shrq    $32, %rdx
        xsave64 (%rdi)
        ret

FUNCTION cpu_xrstor                                 /* (area, CpuBlock*, mask) -> 1, or 0 when the state is refused */
        movl    %edx, %eax
        shrq    $32, %rdx
1:      xrstor64 (%rdi)
        movups  %xmm0, CPU_XMM0(%rsi)
        movups  %xmm8, CPU_XMM8(%rsi)
        movl    $1, %eax
        ret
2:      xorl    %eax, %eax
        ret
        FIXUP   1b, 2b

FUNCTION cpu_write_xcr0                             /* (value) */
        movl    %edi, %eax
        movq    %rdi, %rdx
        shrq    $32, %rdx
        xorl    %ecx, %ecx
        xsetbv
        ret

/* (ds, es, fs, gs) -> 1, or 0 when one was refused: null stands in its place. The bases of fs and gs are lost. */
FUNCTION cpu_load_selectors
        movl    $1, %eax
        xorl    %r8d, %r8d
1:      movl    %edi, %ds
2:      movl    %esi, %es
3:      movl    %edx, %fs
4:      movl    %ecx, %gs
        ret
        .irp    register, ds, es, fs, gs
5:      movl    %r8d, %\register
        xorl    %eax, %eax
        .ifc    \register, ds
        jmp     2b
        FIXUP   1b, 5b
        .endif
        .ifc    \register, es
        jmp     3b
        FIXUP   2b, 5b
        .endif
        .ifc    \register, fs
        jmp     4b
        FIXUP   3b, 5b
        .endif
        .ifc    \register, gs
        ret
        FIXUP   4b, 5b
        .endif
        .endr

FUNCTION cpu_save_selectors                         /* -> ds, es, fs, gs, 16 bits each, from the lowest */
        movl    %gs, %eax
        movl    %fs, %ecx
        shlq    $16, %rax
        orq     %rcx, %rax
        movl    %es, %ecx
        shlq    $16, %rax
        orq     %rcx, %rax
        movl    %ds, %ecx
        shlq    $16, %rax
        orq     %rcx, %rax
        ret

FUNCTION cpu_load_waiting_gs                        /* (selector): loaded where swapgs brings it; null when it is refused */
        swapgs
1:      movl    %edi, %gs
        mfence
        swapgs
        ret
2:      xorl    %edi, %edi
        jmp     1b
        FIXUP   1b, 2b

FUNCTION cpu_swapgs
        swapgs
        ret

FUNCTION cpu_clear_page                             /* (page) */
        movl    $512, %ecx
        xorl    %eax, %eax
        rep stosq
        ret

FUNCTION cpu_copy_page                              /* (to, from) */
        movl    $512, %ecx
        rep movsq
        ret

FUNCTION cpu_triple_fault
        subq    $16, %rsp
        movq    $0, (%rsp)
        movq    $0, 8(%rsp)
        lidt    (%rsp)
        ud2

/* Guest memory is closed to the hypervisor (SMAP) from here on, so that each copy below opens it. */
FUNCTION guest_close_memory
        movb    $1, guest_closed(%rip)
        ret

        .pushsection .bss
guest_closed:
        .byte   0
        .popsection

        .macro  OPEN_GUEST
        .byte   0x0f, 0x01, 0xcb                    /* stac */
        .endm
        .macro  CLOSE_GUEST
        .byte   0x0f, 0x01, 0xca                    /* clac */
        .endm

/* (to, from, bytes) -> bytes not copied. One side is the guest's, and a fault there ends the copy. */
FUNCTION guest_copy
        movq    %rdx, %rcx
        movq    %rdx, %rax
        andl    $7, %eax
        shrq    $3, %rcx
        cmpb    $0, guest_closed(%rip)
        jne     4f
1:      rep movsq
        movl    %eax, %ecx
2:      rep movsb
3:      movq    %rcx, %rax
        ret
4:      OPEN_GUEST
5:      rep movsq
        movl    %eax, %ecx
6:      rep movsb
7:      CLOSE_GUEST
        movq    %rcx, %rax
        ret
8:      leaq    (%rax, %rcx, 8), %rcx
        jmp     3b
9:      leaq    (%rax, %rcx, 8), %rcx
        jmp     7b
        FIXUP   1b, 8b
        FIXUP   2b, 3b
        FIXUP   5b, 9b
        FIXUP   6b, 7b

FUNCTION guest_copy_words                           /* (to, from, words) -> words not copied; as above */
        movq    %rdx, %rcx
        cmpb    $0, guest_closed(%rip)
        jne     3f
1:      rep movsq
2:      movq    %rcx, %rax
        ret
3:      OPEN_GUEST
4:      rep movsq
5:      CLOSE_GUEST
        movq    %rcx, %rax
        ret
        FIXUP   1b, 2b
        FIXUP   4b, 5b

        .macro  COPY_ONE name, move, register
FUNCTION \name                                      /* (to, from) -> 0, or 1 when it was not copied; as above */
        cmpb    $0, guest_closed(%rip)
        jne     4f
1:      \move   (%rsi), \register
2:      \move   \register, (%rdi)
        xorl    %eax, %eax
        ret
3:      movl    $1, %eax
        ret
4:      OPEN_GUEST
5:      \move   (%rsi), \register
6:      \move   \register, (%rdi)
        CLOSE_GUEST
        xorl    %eax, %eax
        ret
7:      CLOSE_GUEST
        movl    $1, %eax
        ret
        FIXUP   1b, 3b
        FIXUP   2b, 3b
        FIXUP   5b, 7b
        FIXUP   6b, 7b
        .endm

        COPY_ONE guest_copy_half, movl, %eax
        COPY_ONE guest_copy_word, movq, %rax
