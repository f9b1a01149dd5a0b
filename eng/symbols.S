/* The image's table of names and lines, made by Sharpen.Build; Sharpen.Hypervisor.Diagnostics.SymbolTable describes and reads it. */
        .section .symbols, "a"
        .incbin "symbols.bin"
