using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct callback_unregister</c>. Source: <c>callback.h</c>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 4)]
public struct CallbackUnregister : IAbiData
{
    /// <summary><c>type</c></summary>
    public CallbackType Type;
}
