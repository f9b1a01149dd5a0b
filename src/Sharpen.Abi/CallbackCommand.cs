namespace Sharpen.Abi;

/// <summary>What <see cref="Hypercall.CallbackOp"/> is to do. Source: <c>callback.h</c>.</summary>
public enum CallbackCommand : uint
{
    /// <summary><c>CALLBACKOP_register</c></summary>
    Register = 0,

    /// <summary><c>CALLBACKOP_unregister</c></summary>
    Unregister = 1,
}
