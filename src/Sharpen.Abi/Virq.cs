namespace Sharpen.Abi;

/// <summary>A virtual interrupt. Source: <c>xen.h</c>.</summary>
public enum Virq : uint
{
    /// <summary><c>VIRQ_TIMER</c>: per vCPU</summary>
    Timer = 0,

    /// <summary><c>VIRQ_DEBUG</c>: per vCPU</summary>
    Debug = 1,

    /// <summary><c>VIRQ_CONSOLE</c></summary>
    Console = 2,

    /// <summary><c>VIRQ_DOM_EXC</c></summary>
    DomainException = 3,

    /// <summary><c>VIRQ_TBUF</c></summary>
    TraceBuffer = 4,

    /// <summary><c>VIRQ_DEBUGGER</c></summary>
    Debugger = 6,

    /// <summary><c>VIRQ_XENOPROF</c>: per vCPU</summary>
    Xenoprof = 7,

    /// <summary><c>VIRQ_CON_RING</c></summary>
    ConsoleRing = 8,

    /// <summary><c>VIRQ_PCPU_STATE</c></summary>
    CpuState = 9,

    /// <summary><c>VIRQ_MEM_EVENT</c></summary>
    MemoryEvent = 10,

    /// <summary><c>VIRQ_ARGO</c></summary>
    Argo = 11,

    /// <summary><c>VIRQ_ENOMEM</c></summary>
    NoMemory = 12,

    /// <summary><c>VIRQ_XENPMU</c>: per vCPU</summary>
    Xenpmu = 13,

    /// <summary><c>VIRQ_ARCH_0</c></summary>
    Arch0 = 16,

    /// <summary><c>VIRQ_ARCH_1</c></summary>
    Arch1 = 17,

    /// <summary><c>VIRQ_ARCH_2</c></summary>
    Arch2 = 18,

    /// <summary><c>VIRQ_ARCH_3</c></summary>
    Arch3 = 19,

    /// <summary><c>VIRQ_ARCH_4</c></summary>
    Arch4 = 20,

    /// <summary><c>VIRQ_ARCH_5</c></summary>
    Arch5 = 21,

    /// <summary><c>VIRQ_ARCH_6</c></summary>
    Arch6 = 22,

    /// <summary><c>VIRQ_ARCH_7</c></summary>
    Arch7 = 23,
}
