using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// The smallest part of an exchange: one extent on one side, one or more on the other. It happens as a whole: what is given is put aside, what is
/// wanted is taken and told, and only then is the former freed; a refusal on the way puts everything back.
/// </summary>
internal readonly struct ExchangeBlock
{
    private readonly GuestHandle<GuestWord> _in;
    private readonly GuestHandle<GuestWord> _out;
    private readonly int _inOrder;
    private readonly int _outOrder;
    private readonly FrameRequest _request;

    private ExchangeBlock(GuestHandle<GuestWord> given, GuestHandle<GuestWord> wanted, in MemoryExchange arguments)
    {
        _in = given;
        _out = wanted;
        _inOrder = (int)arguments.In.ExtentOrder;
        _outOrder = (int)arguments.Out.ExtentOrder;
        _request = MemoryTarget.Request(arguments.Out.Flags);
    }

    /// <summary>Frames on either side.</summary>
    internal int Frames => 1 << Math.Max(_inOrder, _outOrder);

    private int InShift => Math.Max(_outOrder - _inOrder, 0);

    private int OutShift => Math.Max(_inOrder - _outOrder, 0);

    /// <summary>For arguments whose sides are of one size. EFAULT: a list wraps.</summary>
    internal static Result<ExchangeBlock> Prepare(in MemoryExchange arguments) =>
        GuestHandle<GuestWord>.From(arguments.In.ExtentStart, arguments.In.Extents).Try(out GuestHandle<GuestWord> given, out Errno error)
        && GuestHandle<GuestWord>.From(arguments.Out.ExtentStart, arguments.Out.Extents).Try(out GuestHandle<GuestWord> wanted, out error)
            ? new ExchangeBlock(given, wanted, in arguments) : error;

    /// <summary>Which input extent follows the block that one is in.</summary>
    internal ulong Next(ulong done) => ((done >> InShift) + 1) << InShift;

    /// <summary>Exchanges the block that an input extent is in.</summary>
    internal Result Exchange(ref Domain domain, scoped in Locked<DomainRank> held, ulong done)
    {
        ulong block = done >> InShift;
        DomainPaging.Forget(in held, ref domain);
        DetachedFrames given = default;
        Result result = PutAside(ref domain, in held, block << InShift, ref given);
        if (!result.Try(out _))
        {
            domain.Memory.Restore(in held, ref given);
            return result;
        }

        Mfn last = domain.Memory.Last;
        result = Take(ref domain, in held, block << OutShift);
        if (!result.Try(out _))
        {
            domain.Memory.FreeAfter(in held, last);
            domain.Memory.Restore(in held, ref given);
            return result;
        }

        given.Free();
        return result;
    }

    private Result PutAside(ref Domain domain, scoped in Locked<DomainRank> held, ulong first, ref DetachedFrames given)
    {
        for (ulong extent = first; extent < first + (1UL << InShift); extent++)
        {
            if (!GuestMemory.Read(_in, extent).Try(out GuestWord word, out Errno error))
            {
                return error;
            }

            for (ulong index = 0; index < 1UL << _inOrder; index++)
            {
                if (!domain.Memory.Detach(in held, domain.Id, new Mfn(unchecked(word.Value + index)), ref given).Try(out error))
                {
                    return error;
                }
            }
        }

        return Result.Success;
    }

    private Result Take(ref Domain domain, scoped in Locked<DomainRank> held, ulong first)
    {
        PageOrder order = new(_outOrder);
        for (ulong extent = first; extent < first + (1UL << OutShift); extent++)
        {
            if (!GuestMemory.Read(_out, extent).Try(out GuestWord page, out Errno error)
                || !domain.Memory.Allocate(in held, domain.Id, order, _request).Try(out Mfn frame, out error)
                || !GuestMemory.Write(_out, new GuestWord(frame.Value), extent).Try(out error))
            {
                return error == Errno.TooBig ? Errno.NoMem : error;
            }

            MachineToPhysical.Set(new FrameRange(frame, order.Frames), page.Value);
        }

        return Result.Success;
    }
}
