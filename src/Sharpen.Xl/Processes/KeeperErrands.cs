using System;
using System.Collections.Generic;
using Sharpen.Toolstack.Processes;

namespace Sharpen.Xl.Processes;

/// <summary>What the <see cref="Keeper"/> has others do, and what it does later.</summary>
public sealed class KeeperErrands
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private readonly List<ChildProcess> _children = [];
    private readonly List<(long When, Action What)> _later = [];

    /// <summary>How long nothing is to be done; -1: for ever.</summary>
    public int Milliseconds
    {
        get
        {
            long until = _children.Count > 0 ? Environment.TickCount64 + (long)s_pause.TotalMilliseconds : long.MaxValue;
            foreach (var (when, _) in _later)
            {
                until = Math.Min(until, when);
            }

            return until == long.MaxValue ? -1 : (int)Math.Max(0, until - Environment.TickCount64);
        }
    }

    /// <summary>Starts an xl that does something about a domain; its log is the domain's. When that fails it is tried again.</summary>
    public void Start(string name, string what, string word)
    {
        if (ChildProcess.Start(ChildProcess.Itself, [Guard.Command, what, word], "/dev/null", Guard.LogOf(name)) is { } child)
        {
            _children.Add(child);
        }
        else
        {
            After(s_pause, () => Start(name, what, word));
        }
    }

    /// <summary>Does something later.</summary>
    public void After(TimeSpan time, Action what) => _later.Add((Environment.TickCount64 + (long)time.TotalMilliseconds, what));

    /// <summary>Does what is due, and hears of what others have done.</summary>
    public void Run()
    {
        _children.RemoveAll(static child => child.HasEnded(out _));
        for (int index = _later.Count - 1; index >= 0; index--)
        {
            var (when, what) = _later[index];
            if (when <= Environment.TickCount64)
            {
                _later.RemoveAt(index);
                what();
            }
        }
    }
}
