using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace Sharpen.SystemTests;

/// <summary>
/// All that a machine has said on its serial port, and a mark behind what a test has already looked at: each wait begins
/// where the one before it found its text, so the order of a test's waits is the order of the machine's lines.
/// </summary>
public sealed class SerialLog
{
    private readonly object _gate = new();
    private readonly StringBuilder _text = new();
    private readonly List<Waiter> _waiters = [];
    private int _mark;
    private bool _isClosed;

    /// <summary>Everything said so far, without carriage returns.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>The last lines, for a failure's message.</summary>
    public string Tail(int lines)
    {
        string[] all = Text.Split('\n');
        return string.Join('\n', all[Math.Max(0, all.Length - lines)..]);
    }

    /// <summary>
    /// Completes with what was said from the mark up to the end of the line that holds <paramref name="expected"/>, or with
    /// null when the port closes without it. The mark then stands behind that text, not behind its line, so that two texts
    /// of one line can be waited for.
    /// </summary>
    public Task<string?> Expect(string expected) => Add(new Waiter(expected));

    /// <summary>The same up to the text itself: for a prompt, whose line ends when somebody has answered.</summary>
    public Task<string?> ExpectPrompt(string expected) => Add(new Waiter(expected) { IsPrompt = true });

    /// <summary>The same for a text that may have been said before the mark; leaves the mark alone. For what has no order.</summary>
    public Task<string?> ExpectAnywhere(string expected) => Add(new Waiter(expected) { IsAnywhere = true });

    private Task<string?> Add(Waiter waiter)
    {
        lock (_gate)
        {
            _waiters.Add(waiter);
            Serve();
        }

        return waiter.Found.Task;
    }

    /// <summary>Reads <paramref name="port"/> to its end.</summary>
    public async Task ReadAsync(Stream port)
    {
        byte[] buffer = new byte[4096];
        int read;
        while ((read = await port.ReadAsync(buffer)) > 0)
        {
            string said = Encoding.Latin1.GetString(buffer, 0, read).Replace("\r", "", StringComparison.Ordinal);
            lock (_gate)
            {
                _text.Append(said);
                Serve();
            }
        }

        lock (_gate)
        {
            _isClosed = true;
            Serve();
        }
    }

    private void Serve()
    {
        while (_waiters.Count > 0)
        {
            Waiter first = _waiters[0];
            string text = _text.ToString();
            int from = first.IsAnywhere ? 0 : _mark;
            int start = text.IndexOf(first.Expected, from, StringComparison.Ordinal);
            int behind = start + first.Expected.Length;
            int end = start < 0 ? -1 : first.IsPrompt ? behind : text.IndexOf('\n', behind);
            if ((start < 0 || end < 0) && !_isClosed)
            {
                return;
            }

            _waiters.RemoveAt(0);
            first.Found.SetResult(start < 0 ? null : text[from..(end < 0 ? text.Length : end)]);
            _mark = start < 0 || first.IsAnywhere ? _mark : behind;
        }
    }

    private sealed class Waiter(string expected)
    {
        public bool IsAnywhere { get; init; }

        public bool IsPrompt { get; init; }

        public string Expected { get; } = expected;

        public TaskCompletionSource<string?> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
