using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace Sharpen.Xenconsoled.Logs;

/// <summary>A file that lines are added to. When it has grown, it becomes <c>.1</c>, that one <c>.2</c>, and so on; the oldest goes.</summary>
public sealed class LogFile : IDisposable
{
    private readonly string _path;
    private readonly LogSettings _settings;
    private readonly TimeProvider _clock;
    private FileStream? _file;
    private bool _isWithinLine;

    /// <summary>A log at a path; it is opened by what is written first.</summary>
    public LogFile(string path, LogSettings settings, TimeProvider clock)
    {
        _path = path;
        _settings = settings;
        _clock = clock;
    }

    /// <summary>Adds text; where a line begins, the time is written first if that is wanted.</summary>
    public void Write(ReadOnlySpan<byte> text)
    {
        try
        {
            FileStream file = _file ??= Open();
            while (!text.IsEmpty)
            {
                if (!_isWithinLine && _settings.HasTimes)
                {
                    file.Write(Encoding.ASCII.GetBytes(_clock.GetLocalNow().ToString("[yyyy-MM-dd HH:mm:ss] ", CultureInfo.InvariantCulture)));
                }

                int end = text.IndexOf((byte)'\n');
                int length = end < 0 ? text.Length : end + 1;
                WriteLine(file, text[..length]);
                _isWithinLine = end < 0;
                text = text[length..];
            }

            file.Flush();
            if (file.Length >= _settings.MostBytes)
            {
                Rotate();
            }
        }
        catch (IOException)
        {
            // A full disk must not end anybody's console.
            Reopen();
        }
    }

    /// <summary>Closes the file; the next text opens it anew, wherever somebody has moved it.</summary>
    public void Reopen()
    {
        _file?.Dispose();
        _file = null;
    }

    public void Dispose() => Reopen();

    private void WriteLine(FileStream file, ReadOnlySpan<byte> line)
    {
        if (!_settings.ReplacesEscapes)
        {
            file.Write(line);
            return;
        }

        Span<byte> plain = line.ToArray();
        plain.Replace((byte)0x1b, (byte)'.');
        file.Write(plain);
    }

    private FileStream Open()
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        return new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    }

    private void Rotate()
    {
        Reopen();
        for (int number = _settings.Kept; number > 1; number--)
        {
            if (File.Exists($"{_path}.{number - 1}"))
            {
                File.Move($"{_path}.{number - 1}", $"{_path}.{number}", overwrite: true);
            }
        }

        if (_settings.Kept > 0)
        {
            File.Move(_path, $"{_path}.1", overwrite: true);
        }
        else
        {
            File.Delete(_path);
        }
    }
}
