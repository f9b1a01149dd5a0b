/* What ILC's code expects of a runtime: in a guest everything here ends it. */
        .section .text.stubs, "ax"
        .globl  corelib_fault, RhpThrowEx, RhpFallbackFailFast, RhpReversePInvoke, RhpReversePInvokeReturn
RhpReversePInvoke:
RhpReversePInvokeReturn:
RhpThrowEx:
RhpFallbackFailFast:
corelib_fault:
        ud2

        .data
        .globl  __security_cookie
__security_cookie:
        .quad   0x5a17c0de9b3f7721
