namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_gdbsx_pauseunp_vcpu</c>: which vCPU a debugger stops or lets run. Source: <c>domctl.h</c>.</summary>
public struct DomctlPauseVcpu : IAbiData
{
    /// <summary><c>vcpu</c></summary>
    public uint Vcpu;
}
