namespace Sharpen.Abi;

/// <summary>What <see cref="Hypercall.ConsoleIo"/> is to do. Source: <c>xen.h</c>.</summary>
public enum ConsoleIoCommand : uint
{
    /// <summary><c>CONSOLEIO_write</c></summary>
    Write = 0,

    /// <summary><c>CONSOLEIO_read</c></summary>
    Read = 1,
}
