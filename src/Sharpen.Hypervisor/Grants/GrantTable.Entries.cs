using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Layouts;

namespace Sharpen.Hypervisor.Grants;

/// <summary>
/// Where the parts of an entry lie. Either version begins with flags and domain in one word. The first has its frame behind it; the second 12 bytes
/// that mean a frame, or a part of one, or another domain's grant, and its use is noted in other pages. The domain writes all of it at any time.
/// </summary>
public partial struct GrantTable
{
    private const int FirstShift = 9;
    private const int SecondShift = 8;
    private const int WordsShift = 10;
    private const int HeadWord = 0;
    private const int FirstFrameWord = 1;

    /// <summary>Of a part: where it begins and how long it is. Of another's grant: whose.</summary>
    private const int PartWord = 1;

    private const int SecondFrameWord = 2;

    private readonly int EntryShift => _isSecond ? SecondShift : FirstShift;

    private readonly uint HeadOf(uint reference) => Volatile.Read(ref WordOf(reference, HeadWord));

    private readonly uint FrameOf(uint reference) => FrameOf(EntryOf(reference));

    // A frame that cannot be is one that nobody has.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly uint FrameOf(Span<uint> entry)
    {
        if (!_isSecond)
        {
            return Volatile.Read(ref entry[FirstFrameWord]);
        }

        uint low = Volatile.Read(ref entry[SecondFrameWord]);
        return Volatile.Read(ref entry[SecondFrameWord + 1]) == 0 ? low : uint.MaxValue;
    }

    private readonly void SetFrame(uint reference, ulong frame)
    {
        if (_isSecond)
        {
            Volatile.Write(ref WordOf(reference, SecondFrameWord), (uint)frame);
            Volatile.Write(ref WordOf(reference, SecondFrameWord + 1), (uint)(frame >> 32));
        }
        else
        {
            Volatile.Write(ref WordOf(reference, FirstFrameWord), (uint)frame);
        }
    }

    // The words of an entry that there is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Span<uint> EntryOf(uint reference)
    {
        int shift = EntryShift;
        ref GrantWords1024 page = ref _pages[unchecked((int)(reference >> shift))].As<GrantWords1024>();
        int start = unchecked((int)(reference & ((1U << shift) - 1)) << (WordsShift - shift));
        return Layout.Items<GrantWords1024, uint>(ref page).Slice(start, 1 << (WordsShift - shift));
    }

    private readonly ref uint WordOf(uint reference, int word) => ref EntryOf(reference)[word];

    // Two statuses to a word.
    private readonly ref uint StatusWordOf(uint reference)
    {
        uint word = reference / 2;
        ref GrantWords1024 page = ref _status[(int)(word >> WordsShift)].As<GrantWords1024>();
        return ref Layout.Items<GrantWords1024, uint>(ref page)[(int)(word & ((1u << WordsShift) - 1))];
    }

    private static int StatusShift(uint reference) => (int)(reference & 1) * 16;

    private readonly uint StatusOf(uint reference) =>
        (Volatile.Read(ref StatusWordOf(reference)) >> StatusShift(reference)) & (uint)(GrantFlags.Reading | GrantFlags.Writing);

    private readonly void ChangeStatus(uint reference, GrantFlags less, GrantFlags more)
    {
        int shift = StatusShift(reference);
        Change(ref StatusWordOf(reference), (uint)less << shift, (uint)more << shift);
    }

    // A domain that changes a word so often that this gives up sees a wrong use: its own loss.
    private static void Change(ref uint word, uint less, uint more)
    {
        uint old = Volatile.Read(ref word);
        for (int attempt = 0; attempt < AttemptsToChange; attempt++)
        {
            uint seen = Interlocked.CompareExchange(ref word, (old & ~less) | more, old);
            if (seen == old)
            {
                return;
            }

            old = seen;
        }
    }
}
