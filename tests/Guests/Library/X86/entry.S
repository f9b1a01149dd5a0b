/* The ways into a guest: start of day, event upcall, exceptions; and the way out, the hypercall page. */

/* ELF notes by which a builder knows a PV kernel. Source: xen/elfnote.h. */
        .macro  NOTE_TEXT type, text
        .long   4, 1f - 0f, \type
        .asciz  "Xen"
0:      .asciz  "\text"
1:      .align  4
        .endm
        .macro  NOTE_NUMBER type, value
        .long   4, 8, \type
        .asciz  "Xen"
        .quad   \value
        .align  4
        .endm

        .section .note.Xen, "a", @note
        NOTE_TEXT   6, "sharpen-test"               /* GUEST_OS */
        NOTE_TEXT   5, "xen-3.0"                    /* XEN_VERSION */
        NOTE_TEXT   8, "generic"                    /* LOADER */
        NOTE_TEXT   10, "pae_pgdir_above_4gb"       /* FEATURES */
        NOTE_NUMBER 1, guest_entry                  /* ENTRY */
        NOTE_NUMBER 2, hypercall_page               /* HYPERCALL_PAGE */
        NOTE_NUMBER 3, 0xffffffff80000000           /* VIRT_BASE */
        NOTE_NUMBER 4, 0                            /* PADDR_OFFSET */
        NOTE_NUMBER 17, 0x801                       /* SUPPORTED_FEATURES: writable_page_tables, dom0 */

        .section .hypercall_page, "ax"
        .balign 4096
        .globl  hypercall_page
hypercall_page:
        .skip   4096, 0xcc

        .section .text.stubs, "ax"
        .globl  guest_entry
guest_entry:                                        /* rsi: start_info */
        .cfi_startproc
        .cfi_undefined rip
        cld
        leaq    stack_top(%rip), %rsp
        movq    %rsi, %rdi
        xorl    %ebp, %ebp
        call    guest_start
1:      jmp     1b
        .cfi_endproc

/* (number, first, second, third, fourth) -> rax. Each call of the page is 32 bytes behind the one before. */
        .globl  guest_hypercall
guest_hypercall:
        movl    %edi, %eax
        shll    $5, %eax
        leaq    hypercall_page(%rip), %r11
        addq    %rax, %r11
        movq    %rsi, %rdi
        movq    %rdx, %rsi
        movq    %rcx, %rdx
        movq    %r8, %r10
        jmpq    *%r11

        .macro  SAVE_REGISTERS
        pushq   %rax
        pushq   %rdx
        pushq   %rsi
        pushq   %rdi
        pushq   %r8
        pushq   %r9
        pushq   %r10
        pushq   %rbx
        pushq   %rbp
        pushq   %r12
        pushq   %r13
        pushq   %r14
        pushq   %r15
        subq    $32, %rsp
        movups  %xmm0, (%rsp)
        movups  %xmm8, 16(%rsp)
        .endm
        .macro  RESTORE_REGISTERS
        movups  (%rsp), %xmm0
        movups  16(%rsp), %xmm8
        addq    $32, %rsp
        popq    %r15
        popq    %r14
        popq    %r13
        popq    %r12
        popq    %rbp
        popq    %rbx
        popq    %r10
        popq    %r9
        popq    %r8
        popq    %rdi
        popq    %rsi
        popq    %rdx
        popq    %rax
        .endm

/* Xen's frame: rcx, r11, rip, cs, rflags, rsp, ss. Back by iret, whose stub pushes rcx, r11, rax above a word of flags. */
        .globl  guest_upcall_entry
guest_upcall_entry:
        popq    %rcx
        popq    %r11
        pushq   %rcx
        pushq   %r11
        SAVE_REGISTERS
        cld
        xorl    %ebp, %ebp
        movq    %rsp, %rbx
        andq    $-16, %rsp
        call    guest_upcall
        movq    %rbx, %rsp
        RESTORE_REGISTERS
        popq    %r11
        popq    %rcx
        pushq   $0
        jmp     hypercall_page + 23 * 32

/* One stub an exception: (vector, error code or zero, frame) to C#, which does not come back. */
        .macro  EXCEPTION vector, has_error
        .globl  guest_exception_\vector
guest_exception_\vector:
        popq    %rcx
        popq    %r11
        .if     \has_error
        popq    %rsi
        .else
        xorl    %esi, %esi
        .endif
        movl    $\vector, %edi
        movq    %rsp, %rdx
        andq    $-16, %rsp
        cld
        call    guest_exception
        .endm
        EXCEPTION 0, 0
        EXCEPTION 6, 0
        EXCEPTION 13, 1
        EXCEPTION 14, 1

        .globl  guest_read_tsc
guest_read_tsc:
        rdtsc
        shlq    $32, %rdx
        orq     %rdx, %rax
        ret

/* (port) and (port, value): ring 3 may not, so the hypervisor does it or refuses. */
        .globl  guest_port_in8
guest_port_in8:
        movl    %edi, %edx
        xorl    %eax, %eax
        inb     %dx, %al
        ret
        .globl  guest_port_out8
guest_port_out8:
        movl    %edi, %edx
        movl    %esi, %eax
        outb    %al, %dx
        ret

/* (frame): a frame for iret, rax first, is made the stack. */
        .globl  guest_raw_iret
guest_raw_iret:
        movq    %rdi, %rsp
        movl    $23, %eax
        syscall
        ud2

/* (stack pointer): an exception with that stack. */
        .globl  guest_fault_on
guest_fault_on:
        movq    %rdi, %rsp
        ud2

        .bss
        .balign 4096
        .globl  guest_shared_page
guest_shared_page:
        .skip   4096
        .skip   32768
stack_top:
