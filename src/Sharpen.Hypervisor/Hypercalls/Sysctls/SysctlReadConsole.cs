using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls.Sysctls;

/// <summary>Copies the text that the console has kept: from its beginning, or from a position on; a position that is gone or not yet written is the beginning. <see cref="Errno.Fault"/>: it cannot be written.</summary>
[Hypercall(Hypercall.Sysctl, SysctlCommand.ReadConsole, WritesBack = true)]
public readonly struct SysctlReadConsole : IHypercall<SysctlConsole>
{
    public static Answer Execute(ref Vcpu caller, ref SysctlConsole arguments)
    {
        uint oldest = HostConsole.Oldest();
        uint position = arguments.Incremental != 0 && HostConsole.Has(arguments.Index) ? arguments.Index : oldest;
        uint written = 0;
        Fixed256<byte> copy = default;
        while (written < arguments.Count)
        {
            Span<byte> part = copy.Span.Slice(0, (int)Math.Min(arguments.Count - written, (uint)Fixed256<byte>.Length));
            uint next = position;
            int count = HostConsole.Read(ref next, part);
            if (count == 0)
            {
                break;
            }

            if (!GuestHandle<byte>.From(arguments.Buffer, written + (uint)count).Try(out GuestHandle<byte> buffer, out Errno wrapped))
            {
                return wrapped;
            }

            if (!GuestMemory.WriteBytes(buffer.Start + written, part.Slice(0, count)).Try(out Errno unwritable))
            {
                return unwritable;
            }

            position = next;
            written += (uint)count;
        }

        arguments.Index = position;
        arguments.Count = written;
        if (arguments.Clear != 0)
        {
            HostConsole.Clear();
        }

        return 0;
    }
}
