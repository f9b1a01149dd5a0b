/* I/O ports, for C#: (port in edi, value in esi). */
#include "layout.h"

        .section .text.stubs, "ax"
FUNCTION port_in8
        movl    %edi, %edx
        xorl    %eax, %eax
        inb     %dx, %al
        ret
FUNCTION port_in16
        movl    %edi, %edx
        xorl    %eax, %eax
        inw     %dx, %ax
        ret
FUNCTION port_in32
        movl    %edi, %edx
        inl     %dx, %eax
        ret
FUNCTION port_out8
        movl    %edi, %edx
        movl    %esi, %eax
        outb    %al, %dx
        ret
FUNCTION port_out16
        movl    %edi, %edx
        movl    %esi, %eax
        outw    %ax, %dx
        ret
FUNCTION port_out32
        movl    %edi, %edx
        movl    %esi, %eax
        outl    %eax, %dx
        ret
