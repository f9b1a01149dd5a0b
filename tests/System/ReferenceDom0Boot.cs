namespace Sharpen.SystemTests;

/// <summary>The same boot on Debian's real Xen.</summary>
public sealed class ReferenceDom0Boot() : Dom0Boot("--smp 4 --reference --kernel unpacked");
