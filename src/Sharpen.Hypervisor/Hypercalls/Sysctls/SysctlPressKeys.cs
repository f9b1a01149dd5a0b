using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Diagnostics.Keys;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>Presses debug keys, at most 64 of them. <see cref="Errno.Fault"/>: they cannot be read.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.PressKeys)]
public readonly struct SysctlPressKeys : IHypercall<SysctlKeys>
{
    private const uint Most = 64;

    public static Answer Execute(ref Vcpu caller, ref SysctlKeys arguments)
    {
        uint count = Math.Min(arguments.Count, Most);
        if (!GuestHandle<byte>.From(arguments.Keys, count).Try(out GuestHandle<byte> keys, out Errno wrapped))
        {
            return wrapped;
        }

        for (uint index = 0; index < count; index++)
        {
            Fixed8<byte> key = default;
            if (!GuestMemory.ReadBytes(keys.Start + index, key.Span.Slice(0, 1)).Try(out Errno unreadable))
            {
                return unreadable;
            }

            DebugKeys.Press(key[0]);
        }

        return 0;
    }
}
