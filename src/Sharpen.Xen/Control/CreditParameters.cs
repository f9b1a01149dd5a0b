namespace Sharpen.Xen.Control;

/// <summary>Parameters of the credit scheduler in a pool. Source: <c>struct xen_sysctl_credit_schedule</c>, <c>sysctl.h</c>.</summary>
/// <param name="TimeSlice">Milliseconds.</param>
/// <param name="RateLimit">Microseconds; 0: none.</param>
/// <param name="MigrationDelay">Microseconds.</param>
public readonly record struct CreditParameters(uint TimeSlice, uint RateLimit, uint MigrationDelay);
