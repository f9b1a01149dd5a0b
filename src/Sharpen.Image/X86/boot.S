/* From the boot loader to C#: 32-bit entry, long mode, the link address. Position-independent until it jumps high. */
#include "layout.h"

#define MULTIBOOT1_MAGIC      0x1badb002
#define MULTIBOOT1_FLAGS      0x00010003      /* page-aligned modules, memory map, address fields below */
#define MULTIBOOT2_MAGIC      0xe85250d6
#define RELATIVE(symbol)      (symbol - start32)(%ebp)

        .section .multiboot, "ax"
        .align 8
        .globl multiboot1, multiboot2
multiboot1:
        .long MULTIBOOT1_MAGIC, MULTIBOOT1_FLAGS, -(MULTIBOOT1_MAGIC + MULTIBOOT1_FLAGS)
        .long physical_multiboot1
        .long PHYSICAL_DEFAULT                                      /* load address */
        .long physical_data_end     /* end of what is in the file */
        .long physical_image_end_address
        .long physical_start32

        .align 8
multiboot2:
        .long MULTIBOOT2_MAGIC, 0, multiboot2_end - multiboot2, -(MULTIBOOT2_MAGIC + (multiboot2_end - multiboot2))
        .align 8
        .short 2, 0                                                 /* address */
        .long 24
        .long physical_multiboot2
        .long PHYSICAL_DEFAULT
        .long physical_data_end
        .long physical_image_end_address
        .align 8
        .short 3, 0                                                 /* entry */
        .long 12
        .long physical_start32
        .align 8
        .short 6, 0                                                 /* modules page-aligned */
        .long 8
        .align 8
        .short 0, 0
        .long 8
multiboot2_end:

        .section .text.stubs, "ax"
        .code32
        .globl start32
start32:
        cli
        cld
        call    1f
1:      popl    %ebp
        subl    $(1b - start32), %ebp                               /* ebp: where start32 really is */
        leal    RELATIVE(boot_stack_top), %esp
        movl    %eax, RELATIVE(boot_magic)
        movl    %ebx, RELATIVE(boot_info_address)

        movl    $0x80000000, %eax
        cpuid
        cmpl    $0x80000001, %eax
        jb      no_long_mode
        movl    $0x80000001, %eax
        cpuid
        btl     $29, %edx
        jnc     no_long_mode
        movl    %edx, %esi                                          /* bit 20: no-execute */

        call    build_boot_tables
        leal    RELATIVE(image_start_address), %eax
        movl    %eax, RELATIVE(boot_physical_start)
        leal    RELATIVE(boot_l4), %eax
        movl    %eax, RELATIVE(boot_root)
        call    enter_long_mode
        leal    RELATIVE(boot_gdt - FIRST_SELECTOR), %eax
        movl    %eax, RELATIVE(boot_gdtr + 2)
        lgdt    RELATIVE(boot_gdtr)
        leal    RELATIVE(start64_low), %eax
        pushl   $SEL_HOST_CODE
        pushl   %eax
        lret

/* esi: features of leaf 0x80000001; eax: physical root. Leaves paging and long mode on. */
enter_long_mode:
        movl    %eax, %cr3
        movl    %cr4, %eax
        orl     $0x6a0, %eax                                        /* PAE, PGE, OSFXSR, OSXMMEXCPT */
        movl    %eax, %cr4
        movl    $0xc0000080, %ecx
        rdmsr
        orl     $0x101, %eax                                        /* LME, SCE */
        btl     $20, %esi
        jnc     1f
        orl     $0x800, %eax                                        /* NXE */
1:      wrmsr
        movl    $0x80050033, %eax                                   /* PG, AM, WP, NE, ET, MP, PE */
        movl    %eax, %cr0
        ret

/* Identity and direct map of the first 4 GiB, and 16 MiB of image, all in 2 MiB pages. */
build_boot_tables:
        leal    RELATIVE(boot_l2_low), %edi
        movl    $0x1e3, %eax                                        /* present, writable, accessed, dirty, 2 MiB, global */
        andl    $~0x100, %eax
        movl    $2048, %ecx
1:      movl    %eax, (%edi)
        movl    $0, 4(%edi)
        addl    $8, %edi
        addl    $0x200000, %eax
        loop    1b

        leal    RELATIVE(boot_l2_low), %eax
        orl     $3, %eax
        leal    RELATIVE(boot_l3_low), %edi
        movl    $4, %ecx
1:      movl    %eax, (%edi)
        movl    $0, 4(%edi)
        addl    $8, %edi
        addl    $4096, %eax
        loop    1b

        leal    RELATIVE(image_start_address), %eax
        orl     $0xe3, %eax
        leal    RELATIVE(boot_l2_image + 8), %edi                   /* link address is 2 MiB into its gigabyte */
        movl    $8, %ecx
1:      movl    %eax, (%edi)
        movl    $0, 4(%edi)
        addl    $8, %edi
        addl    $0x200000, %eax
        loop    1b

        leal    RELATIVE(boot_l2_image), %eax
        orl     $3, %eax
        movl    %eax, RELATIVE(boot_l3_image + 8 * ((IMAGE_BASE >> 30) & 511))
        leal    RELATIVE(boot_l3_image), %eax
        orl     $3, %eax
        movl    %eax, RELATIVE(boot_l4 + 8 * ((IMAGE_BASE >> 39) & 511))
        leal    RELATIVE(boot_l3_low), %eax
        orl     $3, %eax
        movl    %eax, RELATIVE(boot_l4)
        movl    %eax, RELATIVE(boot_l4 + 8 * ((DIRECT_MAP_BASE >> 39) & 511))
        ret

/* One readable line on serial and VGA, then a halt. */
no_long_mode:
        movw    $0x3fb, %dx
        movb    $0x80, %al
        outb    %al, %dx
        movw    $0x3f8, %dx
        movb    $1, %al
        outb    %al, %dx
        movw    $0x3f9, %dx
        xorb    %al, %al
        outb    %al, %dx
        movw    $0x3fb, %dx
        movb    $3, %al
        outb    %al, %dx
        leal    RELATIVE(no_long_mode_text), %esi
        movl    $0xb8000, %edi
1:      lodsb
        testb   %al, %al
        jz      3f
        movb    $0x4f, %ah
        movw    %ax, (%edi)
        addl    $2, %edi
        movb    %al, %bl
        movl    $100000, %ecx
        movw    $0x3fd, %dx
2:      inb     %dx, %al
        testb   $0x20, %al
        loopz   2b
        movw    $0x3f8, %dx
        movb    %bl, %al
        outb    %al, %dx
        jmp     1b
3:      cli
        hlt
        jmp     3b
no_long_mode_text:
        .asciz  "Sharpen: a 64-bit CPU is required (this one has no long mode). Halted.\r\n"

        .code64
start64_low:
        movabsq $start64_high, %rax
        jmpq    *%rax
start64_high:
        .cfi_startproc
        .cfi_undefined rip
        movabsq $boot_gdt - FIRST_SELECTOR, %rax
        movq    %rax, boot_gdtr + 2(%rip)
        lgdt    boot_gdtr(%rip)
        xorl    %eax, %eax
        movl    %eax, %ds
        movl    %eax, %es
        movl    %eax, %ss
        movl    %eax, %fs
        movl    %eax, %gs
        leaq    boot_stack_top(%rip), %rsp
        xorl    %ebp, %ebp
        call    image_start
1:      cli
        hlt
        jmp     1b
        .cfi_endproc

        .data
        .align 16
boot_gdt:                                                           /* stands at FIRST_SELECTOR: GDTR's base is that much lower */
        .quad   0
        .quad   0x00af9b000000ffff                                  /* SEL_HOST_CODE */
        .quad   0x00cf93000000ffff                                  /* SEL_HOST_DATA */
        .align 16
        .short  0, 0, 0
boot_gdtr:
        .short  FIRST_SELECTOR + 3 * 8 - 1
        .quad   0
        .globl boot_magic, boot_info_address, boot_physical_start, boot_root
        .align 8
boot_magic:             .quad 0
boot_info_address:      .quad 0
boot_physical_start:    .quad 0
boot_root:              .quad 0

        .bss
        .align 4096
        .globl  interrupt_descriptors
interrupt_descriptors:
        .skip   4096
        .globl boot_l4
boot_l4:        .skip 4096
boot_l3_low:    .skip 4096
boot_l3_image:  .skip 4096
boot_l2_image:  .skip 4096
boot_l2_low:    .skip 4096 * 4

        .section .bss.stack, "aw", @nobits
        .balign BLOCK_SIZE                                          /* shaped like a CPU's block: rsp finds its data here too */
        .globl boot_block
boot_block:
        .skip   MAIN_STACK_TOP
boot_stack_top:
        .skip   BLOCK_SIZE - MAIN_STACK_TOP
