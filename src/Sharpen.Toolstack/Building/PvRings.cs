using Sharpen.Xen;

namespace Sharpen.Toolstack.Building;

/// <summary>The frames by which a new guest talks with dom0.</summary>
public readonly record struct PvRings(Mfn Store, Mfn Console);
