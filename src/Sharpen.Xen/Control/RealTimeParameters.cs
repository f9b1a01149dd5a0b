namespace Sharpen.Xen.Control;

/// <summary>How the scheduler RTDS treats a vCPU. Source: <c>struct xen_domctl_sched_rtds</c>, <c>domctl.h</c>.</summary>
/// <param name="Period">Microseconds.</param>
/// <param name="Budget">Microseconds of each period.</param>
/// <param name="HasExtra">It may use time that nobody else wants.</param>
public readonly record struct RealTimeParameters(uint Period, uint Budget, bool HasExtra);
