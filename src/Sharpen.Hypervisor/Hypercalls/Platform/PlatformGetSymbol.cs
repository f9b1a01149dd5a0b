using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Diagnostics;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Diagnostics;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>The name and address of one of the hypervisor's functions, and the number of the next. <see cref="Errno.Range"/>: there are not so many; <see cref="Errno.Fault"/>: the name cannot be written.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.GetSymbol, WritesBack = true)]
public readonly struct PlatformGetSymbol : IHypercall<PlatformSymbol>
{
    public static Answer Execute(ref Vcpu caller, ref PlatformSymbol arguments)
    {
        SymbolTable table = new(ImageSymbols.Bytes);
        if (arguments.Number >= (uint)table.Count)
        {
            return Errno.Range;
        }

        Symbol symbol = table.At((int)arguments.Number, out uint start);
        TextLine name = default;
        name.Append(symbol.Type);
        name.Append(symbol.Type.IsEmpty ? "" : ".");
        name.Append(symbol.Method);
        int bytes = name.Text.Length;
        name.Append((byte)0);
        ReadOnlySpan<byte> copied = name.Text.Slice(0, (int)Math.Min((uint)name.Text.Length, arguments.NameBytes));
        if (!GuestMemory.WriteBytes(new GuestLinear(arguments.Name), copied).Try(out Errno unwritable))
        {
            return unwritable;
        }

        arguments.NameBytes = (uint)bytes + 1;
        arguments.Number++;
        arguments.Address = ImageSymbols.Start + start;
        arguments.Type = (byte)'T';
        return 0;
    }
}
