/* What ILC's code expects of a runtime. Everything here means a bug of ours; a symbol that is absent forbids its feature. */
        .section .text.stubs, "ax"
        .globl  corelib_fault, RhpThrowEx, RhpFallbackFailFast, RhpReversePInvoke, RhpReversePInvokeReturn
RhpReversePInvoke:              /* only __NativeLibraryStartup, which nobody calls */
RhpReversePInvokeReturn:
RhpThrowEx:
RhpFallbackFailFast:
corelib_fault:
        ud2

        .data
        .globl  __security_cookie
__security_cookie:
        .quad   0x5a17c0de9b3f7721
