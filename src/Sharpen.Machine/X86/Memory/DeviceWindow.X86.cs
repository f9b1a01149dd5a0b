using System.Threading;

namespace Sharpen.Machine.Memory;

/// <summary>Device registers are memory that is not cached.</summary>
/// <remarks>Safety: every caller has checked the place against the window.</remarks>
public readonly unsafe partial struct DeviceWindow
{
    private static byte* Place(HostLinear page, MachineAddress start) => (byte*)page.Value + start.Offset;

    private static uint Load32(byte* register) => Volatile.Read(ref *(uint*)register);

    private static ulong Load64(byte* register) => Volatile.Read(ref *(ulong*)register);

    private static void Store32(byte* register, uint value) => Volatile.Write(ref *(uint*)register, value);

    private static void Store64(byte* register, ulong value) => Volatile.Write(ref *(ulong*)register, value);
}
