using System;
using System.Buffers;
using System.Text.Json;

namespace Sharpen.Xl.Commands;

/// <summary>Writes JSON without reflection.</summary>
public static class Json
{
    /// <summary>The option that every command with output has.</summary>
    public static Option Option => new('\0', "json", "", "print JSON");

    /// <summary>Prints what <paramref name="write"/> writes, and a line end.</summary>
    public static void Print(Context context, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, IndentSize = 4, NewLine = "\n" }))
        {
            write(writer);
        }

        context.Out.Write(buffer.WrittenSpan);
        context.Out.Line();
    }
}
