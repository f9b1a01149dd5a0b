/* Code that may fault: what it ends in is an answer. */
        .section .text.stubs, "ax"

/* (code that returns, four words: rax, rcx, rdx, rbx) -> 0, or the vector of the exception that it ended in. The handlers below must be in place. */
        .globl  guest_try
guest_try:
        pushq   %rbx
        pushq   %rbp
        pushq   %rsi
        movq    %rsp, try_stack(%rip)
        movq    %rdi, %r8
        movq    8(%rsi), %rcx
        movq    16(%rsi), %rdx
        movq    24(%rsi), %rbx
        movq    (%rsi), %rax
        call    *%r8
        popq    %rsi
        movq    %rax, (%rsi)
        movq    %rcx, 8(%rsi)
        movq    %rdx, 16(%rsi)
        movq    %rbx, 24(%rsi)
        xorl    %eax, %eax
        popq    %rbp
        popq    %rbx
        ret
try_failed:
        popq    %rsi
        movl    try_vector(%rip), %eax
        popq    %rbp
        popq    %rbx
        ret

        .macro  TRY vector, has_error
        .globl  guest_try_\vector
guest_try_\vector:
        popq    %rcx
        popq    %r11
        .if     \has_error
        addq    $8, %rsp
        .endif
        movl    $\vector, try_vector(%rip)
        leaq    try_failed(%rip), %rax
        movq    %rax, (%rsp)
        movq    try_stack(%rip), %rax
        movq    %rax, 24(%rsp)
        pushq   $0
        jmp     hypercall_page + 23 * 32
        .endm
        TRY     6, 0
        TRY     13, 1
        TRY     14, 1

        .bss
        .balign 8
try_stack:
        .skip   8
try_vector:
        .skip   8
