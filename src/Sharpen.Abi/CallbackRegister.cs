namespace Sharpen.Abi;

/// <summary><c>struct callback_register</c>. Source: <c>callback.h</c>.</summary>
public struct CallbackRegister : IAbiData
{
    /// <summary><c>type</c></summary>
    public CallbackType Type;

    /// <summary><c>flags</c></summary>
    public CallbackFlags Flags;

    /// <summary><c>address</c></summary>
    public ulong Address;
}
