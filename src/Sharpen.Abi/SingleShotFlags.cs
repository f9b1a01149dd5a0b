using System;

namespace Sharpen.Abi;

/// <summary>Flags of <see cref="VcpuSetSingleshotTimer"/>. Source: <c>vcpu.h</c>.</summary>
[Flags]
public enum SingleShotFlags : uint
{
    /// <summary><c>VCPU_SSHOTTMR_future</c>: a deadline in the past is refused</summary>
    Future = 1,
}
