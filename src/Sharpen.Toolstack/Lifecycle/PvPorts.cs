using Sharpen.Xen;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>A new guest's ends of the channels to dom0.</summary>
public readonly record struct PvPorts(EventPort Store, EventPort Console);
