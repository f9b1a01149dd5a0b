using System;
using System.Globalization;
using System.Text;
using System.Threading;

namespace Sharpen.Xl.Output;

/// <summary>Says on a terminal what long work does, how far it is, and since when: one line on standard error, from the second second on, which
/// is gone when the work is done. Files, pipes and terminals that cannot erase see nothing of it.</summary>
public sealed class Progress : IDisposable
{
    private const int StandardError = 2;
    private const int MostColumns = 79;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_beat = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly long _began = Environment.TickCount64;
    private readonly Timer _timer;
    private string _what;
    private long _done;
    private long _all;
    private bool _isShown;
    private bool _isOver;

    private Progress(string what)
    {
        _what = what;
        _timer = new Timer(static self => ((Progress)self!).Show(), this, s_patience, s_beat);
    }

    /// <summary>Begins.</summary>
    /// <param name="what">What is done, as in "writing /var/tmp/core".</param>
    /// <returns>Null when nobody would see it.</returns>
    public static Progress? Begin(string what) =>
        Descriptor.IsTerminal(StandardError) && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb") ? new Progress(what) : null;

    /// <summary>Something else is done now.</summary>
    public void Step(string what)
    {
        lock (_lock)
        {
            (_what, _done, _all) = (what, 0, 0);
        }
    }

    /// <summary>So much is done.</summary>
    /// <param name="all">Of how much.</param>
    public void Reach(long done, long all)
    {
        lock (_lock)
        {
            (_done, _all) = (done, all);
        }
    }

    /// <summary>The line.</summary>
    public static string Line(string what, long done, long all, TimeSpan time)
    {
        string part = all > 0 ? string.Create(CultureInfo.InvariantCulture, $", {100 * Math.Min(done, all) / all} %") : "";
        string end = string.Create(CultureInfo.InvariantCulture, $"{part}, {(int)time.TotalSeconds} s");
        int room = MostColumns - "xl: ".Length - end.Length;
        return $"xl: {(what.Length > room ? what[..(room - 3)] + "..." : what)}{end}";
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _isOver = true;
            if (_isShown)
            {
                Descriptor.Write(StandardError, "\r\e[K"u8);
            }
        }
    }

    private void Show()
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                _isShown = true;
                string line = Line(_what, _done, _all, TimeSpan.FromMilliseconds(Environment.TickCount64 - _began));
                Descriptor.Write(StandardError, Encoding.UTF8.GetBytes($"\r{line}\e[K"));
            }
        }
    }
}
