namespace Sharpen.Machine.Locks;

/// <summary>A lock of the implementing rank may be held while one of rank <typeparamref name="TInner"/> is taken.</summary>
/// <typeparam name="TInner">The rank taken second.</typeparam>
public interface IBefore<TInner>;

// The order of all locks, outermost first. A pair that is not declared here does not compile.

/// <summary>Nothing is held: where every chain of locks begins.</summary>
public struct NoLocksRank :
    IBefore<DomainListRank>, IBefore<DomainRank>, IBefore<EventRank>, IBefore<SchedulerRank>, IBefore<TimerRank>, IBefore<PoolRank>, IBefore<HeapRank>,
    IBefore<HostTablesRank>, IBefore<ConsoleRank>, IBefore<GrantRank>, IBefore<InterruptRank>, IBefore<PciRank>, IBefore<FirmwareRank>;

/// <summary>The firmware: one of its services runs at a time.</summary>
public struct FirmwareRank : IBefore<ConsoleRank>;

/// <summary>The list of domains and their ids.</summary>
public struct DomainListRank : IBefore<DomainRank>, IBefore<PoolRank>, IBefore<HeapRank>, IBefore<ConsoleRank>;

/// <summary>One domain's life cycle and page lists.</summary>
public struct DomainRank : IBefore<EventRank>, IBefore<SchedulerRank>, IBefore<TimerRank>, IBefore<PoolRank>, IBefore<HeapRank>, IBefore<HostTablesRank>, IBefore<ConsoleRank>,
    IBefore<GrantRank>, IBefore<PciRank>;

/// <summary>One domain's grant table, or its mappings of others' grants; never two at a time.</summary>
public struct GrantRank : IBefore<HeapRank>, IBefore<ConsoleRank>;

/// <summary>One domain's event channels.</summary>
public struct EventRank : IBefore<SchedulerRank>, IBefore<ConsoleRank>, IBefore<InterruptRank>, IBefore<PoolRank>, IBefore<HeapRank>;

/// <summary>One run queue.</summary>
public struct SchedulerRank : IBefore<TimerRank>, IBefore<ConsoleRank>;

/// <summary>The host's interrupt lines: vectors, I/O APICs, messages.</summary>
public struct InterruptRank : IBefore<PciRank>, IBefore<HostTablesRank>, IBefore<HeapRank>, IBefore<ConsoleRank>;

/// <summary>A pair of ports, of which one chooses what the other reaches: PCI's configuration space, the memory of the real-time clock. Never two at a time.</summary>
public struct PciRank : IBefore<ConsoleRank>;

/// <summary>The timers of one CPU.</summary>
public struct TimerRank : IBefore<ConsoleRank>;

/// <summary>The slabs of one pool.</summary>
public struct PoolRank : IBefore<HeapRank>, IBefore<HostTablesRank>, IBefore<ConsoleRank>;

/// <summary>The hypervisor's own page tables.</summary>
public struct HostTablesRank : IBefore<HeapRank>, IBefore<ConsoleRank>;

/// <summary>The frame allocator.</summary>
public struct HeapRank : IBefore<ConsoleRank>;

/// <summary>The console ring: innermost, so that anything may log.</summary>
public struct ConsoleRank;
