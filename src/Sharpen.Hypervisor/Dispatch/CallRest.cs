namespace Sharpen.Hypervisor.Dispatch;

/// <summary>Arguments for what is left of a call, between the operation that stops there and whoever makes its caller call again.</summary>
internal struct CallRest
{
    internal ulong First;
    internal ulong Second;
    internal ulong Third;
}
