using System;
using Sharpen.Abi;
using Sharpen.Xen;
using Sharpen.Xen.Native;
using Sharpen.Xenconsoled.Logs;
using Sharpen.Xenconsoled.Rings;

namespace Sharpen.Xenconsoled.Serving;

/// <summary>A guest's console: its ring, what it said, its log, and the terminal that people attach to.</summary>
internal sealed class GuestConsole : IDisposable
{
    private const int Allowance = 30;
    private const long Period = 200;
    private const int ShownOnAttach = 64 << 10;
    private static readonly byte[] s_lost = "\r\n[some output was too fast to be shown]\r\n"u8.ToArray();
    private readonly History _history;
    private readonly LogFile? _log;
    private readonly byte[] _buffer = new byte[ConsolePage.OutputSize];
    private IDisposable? _mapping;
    private ConsolePage? _page;
    private long _shown;
    private bool _isAttached;
    private TerminalSize _size;

    internal GuestConsole(DomainId domain, string name, PseudoTerminal terminal, int historyBytes, LogFile? log)
    {
        Domain = domain;
        Name = name;
        Terminal = terminal;
        _history = new History(historyBytes);
        _log = log;
    }

    /// <summary>Whose.</summary>
    internal DomainId Domain { get; }

    /// <summary>What the guest is called.</summary>
    internal string Name { get; }

    /// <summary>What people attach to.</summary>
    internal PseudoTerminal Terminal { get; }

    /// <summary>This end of the event channel; 0: none.</summary>
    internal EventPort Port { get; private set; }

    /// <summary>The guest's own port.</summary>
    internal uint GuestPort { get; private set; }

    /// <summary>The frame of the ring, as the store says.</summary>
    internal ulong Frame { get; private set; }

    /// <summary>What the notices call the terminal.</summary>
    internal int Notice { get; set; }

    /// <summary>How often it is heard.</summary>
    internal RateLimit Limit { get; } = new(Allowance, Period);

    /// <summary>It rang more often than it may, and waits.</summary>
    internal bool IsWaiting { get; set; }

    /// <summary>The guest is gone; this goes when all was shown, at the latest at a time.</summary>
    internal long? EndsAt { get; set; }

    /// <summary>In which look at all domains its guest was there last.</summary>
    internal uint LastSeen { get; set; }

    /// <summary>Whether a program is attached.</summary>
    internal bool IsAttached => _isAttached;

    /// <summary>Whether the attached program has not been given everything.</summary>
    internal bool HasMore => _isAttached && _shown < _history.End;

    /// <summary>Begins to use a ring.</summary>
    internal void Connect(IDisposable mapping, ConsolePage page, ulong frame, EventPort port, uint guestPort)
    {
        Disconnect();
        (_mapping, _page, Frame, Port, GuestPort) = (mapping, page, frame, port, guestPort);
    }

    /// <summary>Uses no ring any more.</summary>
    internal void Disconnect()
    {
        _mapping?.Dispose();
        (_mapping, _page, Frame, Port, GuestPort) = (null, null, 0, default, 0);
    }

    /// <summary>Takes what the guest said.</summary>
    /// <returns>True when there was something.</returns>
    internal bool Hear()
    {
        int length = _page?.Take(_buffer) ?? 0;
        if (length == 0)
        {
            return false;
        }

        _history.Add(_buffer.AsSpan(0, length));
        _log?.Write(_buffer.AsSpan(0, length));
        return true;
    }

    /// <summary>Gives the attached program what it has not got.</summary>
    internal void Show()
    {
        if (!_isAttached)
        {
            return;
        }

        if (_shown < _history.Start)
        {
            _ = Terminal.Stream.Write(s_lost);
            _shown = _history.Start;
        }

        while (_shown < _history.End)
        {
            int done = Terminal.Stream.Write(_history.From(ref _shown));
            if (done <= 0)
            {
                return;
            }

            _shown += done;
        }
    }

    /// <summary>Gives the guest what was typed.</summary>
    /// <returns>True when there was something.</returns>
    internal bool Type()
    {
        if (!_isAttached || _page is not { InputRoom: > 0 and int room })
        {
            return false;
        }

        int length = Terminal.Stream.Read(_buffer.AsSpan(0, Math.Min(room, _buffer.Length)));
        if (length <= 0)
        {
            return false;
        }

        _page.Put(_buffer.AsSpan(0, length));
        return true;
    }

    /// <summary>Looks whether a program has come or gone; one that has come is shown what the guest said before.</summary>
    internal void LookForPrograms()
    {
        bool isOpen = Terminal.IsOpen;
        if (isOpen && !_isAttached)
        {
            Terminal.MakeRaw();
            _shown = _history.Tail(ShownOnAttach);
        }
        else if (!isOpen && _isAttached)
        {
            Terminal.Drop();
        }

        _isAttached = isOpen;
    }

    /// <summary>Takes the size of the terminal of who is attached.</summary>
    /// <returns>Whether it is another than before.</returns>
    internal bool TakeSize(out TerminalSize size)
    {
        size = _isAttached ? TerminalSize.Of(Terminal.Stream.Handle.Descriptor) : default;
        bool isNew = size.IsKnown && size != _size;
        _size = isNew ? size : _size;
        return isNew;
    }

    /// <summary>Has its log opened anew.</summary>
    internal void ReopenLog() => _log?.Reopen();

    public void Dispose()
    {
        Disconnect();
        Terminal.Dispose();
        _log?.Dispose();
    }
}
