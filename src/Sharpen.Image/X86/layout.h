/* The address space and the per-CPU block as the stubs see them; docs/address-space.md has the picture.
   In step with Machine: AddressSpace, CpuBlock. */
#define PHYSICAL_DEFAULT   0x200000
#define IMAGE_BASE         0xffff82d080000000
#define DIRECT_MAP_BASE    0xffff830000000000

/* A CPU's stack block: 16 pages, naturally aligned. Every stack of the CPU lies in it, so rsp finds it. */
#define BLOCK_SIZE         0x10000
#define NMI_STACK_TOP      0x2000
#define MC_STACK_TOP       0x4000
#define DF_STACK_TOP       0x6000
#define DB_STACK_TOP       0x8000
#define MAIN_STACK_TOP     0xe000
#define CPU_BLOCK          0xe000
#define SYSCALL_PAGE       0xf000
#define SHORT_SYSCALL      0x80         /* in that page: from compatibility mode */

/* Fields of CpuBlock, from its start. */
#define CPU_SCRATCH        0x10
#define CPU_XMM0           0x20
#define CPU_XMM8           0x30
#define CPU_SMAP           0x40
#define CPU_TASK_SWITCHED  0x41         /* with the one before, what an entry has to undo */
#define CPU_RETURNS        0x7e
#define RETURN_STACK       32           /* no CPU predicts more returns */

/* Xen's cpu_user_regs: what an entry builds at the top of the main stack. */
#define REGS_ERROR         120
#define REGS_VECTOR        124
#define REGS_RIP           128
#define REGS_CS            136
#define REGS_RFLAGS        144
#define REGS_RSP           152
#define REGS_SS            160
#define REGS_SIZE          200
#define REGS_SEGMENTS      32
#define GUEST_FRAME        (MAIN_STACK_TOP - REGS_SIZE)

/* Our descriptors stand behind the fourteen pages a guest may fill. The ring 3 ones are ABI: xen/arch-x86/xen-x86_64.h. */
#define FIRST_SELECTOR     0xe000
#define SEL_HOST_CODE      0xe008
#define SEL_HOST_DATA      0xe010
#define SEL_GUEST_CODE32   0xe023
#define SEL_GUEST_DATA     0xe02b
#define SEL_GUEST_CODE64   0xe033

/* Entry reasons beyond the CPU's own vectors. */
#define VECTOR_SYSCALL     0x100
#define VECTOR_BAD_RETURN  0x200        /* or-ed to the vector that the return to the guest raised */

#define CR0_TASK_SWITCHED  8

#define NEXT_IDLE          1
#define NEXT_AS_CAME       2

        .macro  FUNCTION name
        .globl  \name
        .align  16
\name:
        .endm

        .macro  PUSH_REGISTERS
        pushq   %rdi
        pushq   %rsi
        pushq   %rdx
        pushq   %rcx
        pushq   %rax
        pushq   %r8
        pushq   %r9
        pushq   %r10
        pushq   %r11
        pushq   %rbx
        pushq   %rbp
        pushq   %r12
        pushq   %r13
        pushq   %r14
        pushq   %r15
        .endm

        .macro  POP_REGISTERS
        popq    %r15
        popq    %r14
        popq    %r13
        popq    %r12
        POP_RBP_TO_RDI
        .endm

        .macro  POP_RBP_TO_RDI
        popq    %rbp
        popq    %rbx
        popq    %r11
        popq    %r10
        popq    %r9
        popq    %r8
        popq    %rax
        popq    %rcx
        popq    %rdx
        popq    %rsi
        popq    %rdi
        .endm

/* What a guest has left for the CPU to predict our returns by is pushed out, if the byte says so. */
        .macro  OVERWRITE_RETURNS wanted:vararg
        cmpb    $0, \wanted
        je      8f
        .rept   RETURN_STACK
        call    9f
        int3
9:
        .endr
        addq    $8 * RETURN_STACK, %rsp
8:
        .endm

/* Where an expected fault continues: (faulting instruction, continuation). */
        .macro  FIXUP at, to
        .pushsection .fixups, "a"
        .quad   \at, \to
        .popsection
        .endm
