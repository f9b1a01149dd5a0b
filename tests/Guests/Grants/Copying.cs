using System;
using Sharpen.Abi;

namespace Sharpen.Guest;

/// <summary>Copies between pages, by grant and by frame.</summary>
internal static unsafe class Copying
{
    private const ushort Self = 0x7ff0;
    private const GrantCopyFlags Both = GrantCopyFlags.SourceReference | GrantCopyFlags.TargetReference;

    private static ushort s_own;

    private static GrantEntry* Entries => (GrantEntry*)Program.Page(1);

    internal static void Run()
    {
        s_own = (ushort)Boot.Number("own="u8, 0);
        Entries[20] = new GrantEntry { Flags = GrantFlags.PermitAccess, Domain = s_own, Frame = (uint)Program.FrameOf(Program.Page(10)) };
        Entries[21] = new GrantEntry { Flags = GrantFlags.PermitAccess, Domain = s_own, Frame = (uint)Program.FrameOf(Program.Page(11)) };
        Entries[22] = new GrantEntry { Flags = GrantFlags.PermitAccess | GrantFlags.ReadOnly, Domain = s_own, Frame = (uint)Program.FrameOf(Program.Page(11)) };
        Entries[23] = new GrantEntry { Flags = GrantFlags.PermitAccess, Domain = s_own, Frame = (uint)Program.FrameOf(Boot.Info->PageTableBase) };
        Entries[24] = default;
        Entries[25] = new GrantEntry { Flags = GrantFlags.PermitAccess | GrantFlags.SubPage, Domain = s_own, Frame = (uint)Program.FrameOf(Program.Page(11)) };
        *(ulong*)Program.Page(10) = 99;
        ulong ten = Program.FrameOf(Program.Page(10));
        ulong eleven = Program.FrameOf(Program.Page(11));
        Copy("by grants"u8, 20, s_own, 0, 21, s_own, 8, 8, Both);
        Line.Of("grants: copied "u8).Number(((ulong*)Program.Page(11))[1]).Print();
        Copy("by frames"u8, ten, Self, 0, eleven, Self, 16, 8, 0);
        Line.Of("grants: copied "u8).Number(((ulong*)Program.Page(11))[2]).Print();
        Copy("to a grant"u8, ten, Self, 0, 21, s_own, 4088, 8, GrantCopyFlags.TargetReference);
        Copy("from a grant"u8, 20, s_own, 0, eleven, Self, 0, 4096, GrantCopyFlags.SourceReference);
        Copy("too much"u8, 20, s_own, 0, 21, s_own, 0, 4097, Both);
        Copy("across the end"u8, 20, s_own, 4090, 21, s_own, 0, 8, Both);
        Copy("across the other end"u8, 20, s_own, 0, 21, s_own, 4090, 8, Both);
        Copy("beyond the end"u8, 20, s_own, 5000, 21, s_own, 0, 1, Both);
        Copy("nothing"u8, 20, s_own, 0, 21, s_own, 0, 0, Both);
        Copy("nothing at the end"u8, 20, s_own, 4096, 21, s_own, 4096, 0, Both);
        Copy("a read-only one"u8, 22, s_own, 0, 21, s_own, 0, 8, Both);
        Copy("to a read-only one"u8, 20, s_own, 0, 22, s_own, 0, 8, Both);
        Copy("a page table"u8, 23, s_own, 0, 21, s_own, 0, 8, Both);
        Copy("to a page table"u8, 20, s_own, 0, 23, s_own, 0, 8, Both);
        Copy("to a page table's frame"u8, 20, s_own, 0, Entries[23].Frame, Self, 0, 8, GrantCopyFlags.SourceReference);
        Copy("an invalid one"u8, 24, s_own, 0, 21, s_own, 0, 8, Both);
        Copy("to an invalid one"u8, 20, s_own, 0, 24, s_own, 0, 8, Both);
        Copy("a part"u8, 25, s_own, 0, 21, s_own, 0, 8, Both);
        Copy("beyond"u8, 512 * 3, s_own, 0, 21, s_own, 0, 8, Both);
        Copy("nobody's"u8, 20, 0x123, 0, 21, s_own, 0, 8, Both);
        Copy("to nobody's"u8, 20, s_own, 0, 21, 0x123, 0, 8, Both);
        Copy("self's"u8, 20, Self, 0, 21, Self, 0, 8, Both);
        Copy("a frame of its number"u8, ten, s_own, 0, eleven, s_own, 0, 8, 0);
        Copy("a frame of nobody's"u8, ten, 0x123, 0, eleven, Self, 0, 8, 0);
        Copy("a frame to nobody's"u8, ten, Self, 0, eleven, 0x123, 0, 8, 0);
        Copy("no frame"u8, ulong.MaxValue, Self, 0, eleven, Self, 0, 8, 0);
        Copy("to no frame"u8, ten, Self, 0, ulong.MaxValue, Self, 0, 8, 0);
        Copy("another's frame"u8, 0x100, Self, 0, eleven, Self, 0, 8, 0);
        Copy("other flags"u8, 20, s_own, 0, 21, s_own, 0, 8, (GrantCopyFlags)0xff);
        Copy("a reference with upper bits"u8, 0x1_0000_0014, s_own, 0, 21, s_own, 0, 8, Both);
        Copy("to itself, overlapping"u8, 20, s_own, 0, 20, s_own, 4, 64, Both);
        Copy("across the end, nobody's"u8, 20, 0x123, 4090, 21, s_own, 0, 8, Both);
        Copy("across the other end, invalid"u8, 24, s_own, 0, 21, s_own, 4090, 8, Both);
        Copy("invalid, to nobody's"u8, 24, s_own, 0, 21, 0x123, 0, 8, Both);
        Copy("no frame, to an invalid one"u8, ulong.MaxValue, Self, 0, 24, s_own, 0, 8, GrantCopyFlags.TargetReference);
        Copy("an invalid one, to no frame"u8, 24, s_own, 0, ulong.MaxValue, Self, 0, 8, GrantCopyFlags.SourceReference);
        Copy("across the end, a named frame"u8, ten, s_own, 4090, eleven, s_own, 0, 8, 0);
        Copy("a named frame, to nobody's"u8, ten, s_own, 0, eleven, 0x123, 0, 8, 0);
        Line.Of("grants: flags "u8).Hex((ulong)Entries[20].Flags).Text(" "u8).Hex((ulong)Entries[21].Flags).Print();
        Several();
    }

    private static void Several()
    {
        GrantCopies copies = default;
        GrantCopy* all = (GrantCopy*)&copies;
        for (int index = 0; index < 4; index++)
        {
            all[index] = Make(20, s_own, 0, index == 1 ? 24UL : 21, s_own, (ushort)(index * 8), 8, Both);
        }

        long answer = Program.Op(GrantTableCommand.Copy, all, 4);
        Line line = Program.Signed(Line.Of("grants: several copies "u8), answer);
        for (int index = 0; index < 4; index++)
        {
            line = Program.Signed(line.Text(" "u8), (short)all[index].Status);
        }

        line.Print();
    }

    private static GrantCopy Make(ulong source, ushort sourceDomain, ushort from, ulong target, ushort targetDomain, ushort to, ushort length, GrantCopyFlags flags) => new()
    {
        Source = new GrantCopyPlace { Place = source, Domain = sourceDomain, Offset = from },
        Target = new GrantCopyPlace { Place = target, Domain = targetDomain, Offset = to },
        Length = length,
        Flags = flags,
        Status = (GrantStatus)77,
    };

    private static void Copy(
        ReadOnlySpan<byte> what, ulong source, ushort sourceDomain, ushort from, ulong target, ushort targetDomain, ushort to, ushort length, GrantCopyFlags flags)
    {
        GrantCopy copy = Make(source, sourceDomain, from, target, targetDomain, to, length, flags);
        long answer = Program.Op(GrantTableCommand.Copy, &copy, 1);
        Program.Signed(Program.Signed(Line.Of("grants: copy "u8).Text(what).Text(": "u8), answer).Text(" status "u8), (short)copy.Status).Print();
    }

    [System.Runtime.CompilerServices.InlineArray(4)]
    private struct GrantCopies
    {
        private GrantCopy _first;
    }
}
