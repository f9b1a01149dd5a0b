using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Sharpen.Unit.Unpacking;

/// <summary>The real packers, and what they are fed.</summary>
internal static class Tools
{
    /// <summary>What a tool makes of the input.</summary>
    public static byte[] Run(string tool, string arguments, byte[] input)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Task feeding = Task.Run(() =>
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        });
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        feeding.Wait();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"{tool} {arguments}: {process.ExitCode}");
    }

    /// <summary>Bytes with repeats near and far, and stretches without any: the same for the same seed.</summary>
    public static byte[] Mixed(int seed, int length)
    {
        Random random = new(seed);
        byte[] bytes = new byte[length];
        int position = 0;
        while (position < length)
        {
            int run = Math.Min(1 + random.Next(random.Next(4) == 0 ? 9000 : 40), length - position);
            int kind = position == 0 ? 0 : random.Next(4);
            int distance = 1 + random.Next(random.Next(2) == 0 ? Math.Min(position, 9) + 1 : position + 1);
            for (int index = position; index < position + run; index++)
            {
                bytes[index] = kind == 0 || distance > index ? (byte)random.Next(random.Next(2) == 0 ? 256 : 8) : bytes[index - distance];
            }

            position += run;
        }

        return bytes;
    }

    /// <summary>Bytes full of opcodes of CALL and JMP, near each other and with operands that look like their own.</summary>
    public static byte[] Code(int seed, int length)
    {
        Random random = new(seed);
        byte[] bytes = new byte[length];
        for (int index = 0; index < length; index++)
        {
            bytes[index] = random.Next(6) switch
            {
                0 => 0xe8,
                1 => 0xe9,
                2 => 0x00,
                3 => 0xff,
                _ => (byte)random.Next(256),
            };
        }

        return bytes;
    }
}
