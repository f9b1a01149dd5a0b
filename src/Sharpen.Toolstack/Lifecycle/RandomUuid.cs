using System;
using System.Security.Cryptography;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>The UUID of what the user gave none.</summary>
internal static class RandomUuid
{
    /// <summary>Another one each time, never the empty one.</summary>
    /// <exception cref="ToolException">The kernel gives no random numbers.</exception>
    public static Guid Next()
    {
        try
        {
            return Guid.NewGuid();
        }
        catch (CryptographicException exception)
        {
            throw new ToolException("the kernel gives no random numbers for a UUID: is /dev/urandom there, and are there files left to open?", exception);
        }
    }
}
