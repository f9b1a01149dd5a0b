/* Where another CPU wakes: real mode, in a copy of this below 1 MiB. It finds its own place from cs. */
#include "layout.h"

#define AT(symbol)      (symbol - trampoline_start)

        .section .rodata.trampoline, "a"
        .globl  trampoline_start, trampoline_end
        .align  16
        .code16
trampoline_start:
        cli
        cld
        movw    %cs, %ax
        movw    %ax, %ds
        movzwl  %ax, %ebx
        shll    $4, %ebx
        leal    AT(trampoline_gdt)(%ebx), %eax
        movl    %eax, AT(trampoline_gdtr) + 2
        leal    AT(trampoline32)(%ebx), %eax
        movl    %eax, AT(trampoline_far)
        movw    $8, AT(trampoline_far) + 4
        lgdtl   AT(trampoline_gdtr)
        movl    $0x11, %eax
        movl    %eax, %cr0
        ljmpl   *AT(trampoline_far)

        .code32
trampoline32:
        movw    $16, %ax
        movw    %ax, %ds
        movw    %ax, %ss
        xorl    %ecx, %ecx
        xchgl   %ecx, AT(trampoline_ticket)(%ebx)   /* without the ticket: too late, or not meant */
        testl   %ecx, %ecx
        jnz     trampoline_wanted
trampoline_halt:
        hlt
        jmp     trampoline_halt
trampoline_wanted:
        movl    AT(trampoline_root)(%ebx), %eax
        movl    %eax, %cr3
        movl    $0x6a0, %eax                        /* PAE, PGE, OSFXSR, OSXMMEXCPT */
        movl    %eax, %cr4
        movl    $0xc0000080, %ecx
        movl    AT(trampoline_efer)(%ebx), %eax
        xorl    %edx, %edx
        wrmsr
        movl    $0x80050033, %eax
        movl    %eax, %cr0
        leal    AT(trampoline64)(%ebx), %eax
        movl    %eax, AT(trampoline_far)(%ebx)
        movw    $24, AT(trampoline_far) + 4(%ebx)
        ljmpl   *AT(trampoline_far)(%ebx)

        .code64
trampoline64:
        movl    %ebx, %ebx
        movq    AT(trampoline_stack)(%rbx), %rdi
        movq    AT(trampoline_function)(%rbx), %rsi
        xorl    %eax, %eax
        movl    %eax, %ds
        movl    %eax, %es
        movl    %eax, %ss
        movl    %eax, %fs
        movl    %eax, %gs
        movq    AT(trampoline_runner)(%rbx), %rax
        jmpq    *%rax

        .align  8
trampoline_gdt:
        .quad   0
        .quad   0x00cf9b000000ffff
        .quad   0x00cf93000000ffff
        .quad   0x00af9b000000ffff
trampoline_gdtr:
        .short  31
        .long   0
        .align  8
trampoline_far:
        .long   0
        .short  8, 0
        .align  8
        /* What C# fills in; TrampolineData has the same order. */
        .globl  trampoline_data
trampoline_data:
trampoline_ticket:      .quad 0
trampoline_root:        .quad 0
trampoline_efer:        .quad 0
trampoline_stack:       .quad 0
trampoline_runner:      .quad 0
trampoline_function:    .quad 0
trampoline_end:
