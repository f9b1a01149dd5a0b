using Xunit;

namespace Sharpen.SystemTests;

/// <summary>Stock Debian as dom0 on Sharpen.</summary>
public sealed class Dom0Tests(Dom0Boot boot) : Dom0Facts(boot.Run), IClassFixture<Dom0Boot>;
