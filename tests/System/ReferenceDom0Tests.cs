using Xunit;

namespace Sharpen.SystemTests;

/// <summary>The control: the same facts on Debian's real Xen. What fails here is the test's fault, not ours.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class ReferenceDom0Tests(ReferenceDom0Boot boot) : Dom0Facts(boot.Run), IClassFixture<ReferenceDom0Boot>;
