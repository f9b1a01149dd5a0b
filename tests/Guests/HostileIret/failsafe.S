/* The way in for a return that could not be made, and the means to bring that about. */
        .text
        .globl  hostile_load_ds
hostile_load_ds:
        movl    %edi, %ds
        ret

        .globl  hostile_failsafe
hostile_failsafe:
        movq    16(%rsp), %rdi
        andq    $-16, %rsp
        call    hostile_on_failsafe
        ud2
