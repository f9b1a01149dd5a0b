using System;
using Sharpen.Abi;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// Declares an operation of the guest interface. The table, its names and its pages under <c>docs/abi</c> are made from
/// these; the marked type implements <see cref="IHypercall"/> or <see cref="IHypercall{TArguments}"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Struct, AllowMultiple = true)]
public sealed class HypercallAttribute : Attribute
{
    /// <summary>The operation is all there is under this number.</summary>
    public HypercallAttribute(Hypercall number) => Number = number;

    public HypercallAttribute(Hypercall number, ConsoleIoCommand command)
        : this(number) => _ = command;

    public HypercallAttribute(Hypercall number, SchedCommand command)
        : this(number) => _ = command;

    public HypercallAttribute(Hypercall number, EventChannelCommand command)
        : this(number) => _ = command;

    public HypercallAttribute(Hypercall number, VersionCommand command)
        : this(number) => _ = command;

    public HypercallAttribute(Hypercall number, VcpuCommand command)
        : this(number) => _ = command;

    public HypercallAttribute(Hypercall number, CallbackCommand command)
        : this(number) => _ = command;

    public HypercallAttribute(Hypercall number, VmAssistCommand command)
        : this(number) => _ = command;

    public HypercallAttribute(Hypercall number, PhysdevCommand command)
        : this(number) => _ = command;

    public HypercallAttribute(Hypercall number, GrantTableCommand command)
        : this(number) => _ = command;

    public HypercallAttribute(Hypercall number, PlatformCommand command)
        : this(number) => _ = command;

    public HypercallAttribute(Hypercall number, SysctlCommand command)
        : this(number) => _ = command;

    public HypercallAttribute(Hypercall number, DomctlCommand command)
        : this(number) => _ = command;

    public HypercallAttribute(Hypercall number, HypFsCommand command)
        : this(number) => _ = command;

    public HypercallAttribute(Hypercall number, McaCommand command)
        : this(number) => _ = command;

    public HypercallAttribute(Hypercall number, MemoryCommand command)
        : this(number) => _ = command;

    /// <summary>Its number.</summary>
    public Hypercall Number { get; }

    /// <summary>True: the structure that the guest passed is written back to it when the operation succeeds.</summary>
    public bool WritesBack { get; set; }

    /// <summary>True: for an operation of a toolstack on a domain, it is written back even when the operation is refused.</summary>
    public bool WritesBackRefused { get; set; }

    /// <summary>True: only a privileged domain may call it; others are told <see cref="Errno.Perm"/>.</summary>
    public bool Privileged { get; set; }
}
