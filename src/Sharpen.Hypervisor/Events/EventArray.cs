using Sharpen.Abi;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Events;

/// <summary>The pages that a guest has given for the words of its events, one word a port. Under its domain's event lock.</summary>
public struct EventArray
{
    /// <summary>Ports that the words can name (<c>EVTCHN_FIFO_NR_CHANNELS</c>).</summary>
    public const uint Ports = 1 << 17;

    /// <summary>Words of one page.</summary>
    public const uint PortsPerPage = 1024;

    private const int WordBytes = 4;

    private Fixed128<KeptPage> _pages;
    private int _count;

    /// <summary>Ports that have a word are below this.</summary>
    public readonly uint Words => (uint)_count * PortsPerPage;

    /// <summary>Takes the next page. <see cref="Errno.NoSpc"/>: there are all already; <see cref="Errno.Inval"/>: not a page of that domain; <see cref="Errno.Busy"/>: a page table.</summary>
    public Result Expand(Mfn frame, DomainId owner)
    {
        if (_count == Fixed128<KeptPage>.Length)
        {
            return Errno.NoSpc;
        }

        Result kept = _pages[_count].Keep(frame, owner);
        _count += kept.Try(out _) ? 1 : 0;
        return kept;
    }

    /// <summary>The word of a port, or <see cref="Refs.Null"/>. Any number may be asked for.</summary>
    public ref uint Find(uint port)
    {
        if (port >= Words)
        {
            return ref Refs.Null<uint>();
        }

        return ref _pages[(int)(port / PortsPerPage)].As<EventWord>((int)(port % PortsPerPage) * WordBytes).Value;
    }

    /// <summary>Gives all pages up.</summary>
    public void Release()
    {
        for (int index = 0; index < _count; index++)
        {
            _pages[index].Release();
        }

        _count = 0;
    }
}
