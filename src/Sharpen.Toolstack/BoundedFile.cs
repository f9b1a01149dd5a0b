using System;
using System.IO;

namespace Sharpen.Toolstack;

/// <summary>Files that somebody else wrote, and that may be pipes or devices without an end.</summary>
internal static class BoundedFile
{
    private const int AtOnce = 64 << 10;

    /// <summary>Reads all of a file.</summary>
    /// <param name="path">The file's.</param>
    /// <param name="most">Most bytes that it may have.</param>
    /// <exception cref="IOException">It cannot be read, or has more.</exception>
    internal static byte[] Read(string path, int most)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        long length = stream.CanSeek ? stream.Length : 0;
        if (length > most)
        {
            throw new IOException($"{path} has {length} bytes, and at most {most} are read");
        }

        // What has no length tells its end only when it is there.
        byte[] bytes = new byte[length > 0 ? length : AtOnce];
        int filled = 0;
        while (true)
        {
            if (filled == bytes.Length && length > 0)
            {
                return bytes;
            }

            if (filled == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(most + 1L, bytes.Length * 2L));
            }

            int count = stream.Read(bytes, filled, bytes.Length - filled);
            if (count == 0)
            {
                return bytes[..filled];
            }

            filled += count;
            if (filled > most)
            {
                throw new IOException($"{path} has more than {most} bytes");
            }
        }
    }
}
