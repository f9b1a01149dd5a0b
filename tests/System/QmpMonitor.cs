using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Tasks;

namespace Sharpen.SystemTests;

/// <summary>
/// A client of QEMU's machine protocol: one JSON object per line, each command answered by a <c>return</c> or an
/// <c>error</c>, events in between. Not for concurrent use. Source: QEMU, docs/interop/qmp-spec.txt.
/// </summary>
public sealed class QmpMonitor : IDisposable
{
    private readonly Socket _socket;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;

    private QmpMonitor(Socket socket)
    {
        _socket = socket;
        var stream = new NetworkStream(socket);
        _reader = new StreamReader(stream);
        _writer = new StreamWriter(stream) { AutoFlush = true };
    }

    /// <summary>Connects to QEMU's socket at <paramref name="path"/>, once it is there, and leaves negotiation behind.</summary>
    public static async Task<QmpMonitor> ConnectAsync(string path)
    {
        Socket socket = await OpenAsync(new UnixDomainSocketEndPoint(path));
        var monitor = new QmpMonitor(socket);
        await monitor._reader.ReadLineAsync();
        await monitor.ExecuteAsync("qmp_capabilities", null);
        return monitor;
    }

    /// <summary>Executes one command; throws what QEMU says when it refuses.</summary>
    public async Task<JsonElement> ExecuteAsync(string command, object? arguments)
    {
        var request = new Dictionary<string, object> { ["execute"] = command };
        if (arguments is not null)
        {
            request["arguments"] = arguments;
        }

        // QMP writes words with hyphens where C# cannot.
        await _writer.WriteLineAsync(JsonSerializer.Serialize(request, s_options));
        while (await _reader.ReadLineAsync() is { } line)
        {
            JsonElement answer = JsonDocument.Parse(line).RootElement;
            if (answer.TryGetProperty("return", out JsonElement result))
            {
                return result;
            }

            if (answer.TryGetProperty("error", out JsonElement error))
            {
                throw new InvalidOperationException($"{command}: {error.GetProperty("desc").GetString()}");
            }
        }

        throw new EndOfStreamException($"QEMU ended before it answered {command}");
    }

    /// <summary>Waits until QEMU ends, and returns why: <c>guest-shutdown</c>, <c>guest-reset</c>, ...; empty if it did not say.</summary>
    public async Task<string> ShutdownReasonAsync()
    {
        while (await _reader.ReadLineAsync() is { } line)
        {
            JsonElement message = JsonDocument.Parse(line).RootElement;
            if (message.TryGetProperty("event", out JsonElement name) && name.GetString() == "SHUTDOWN")
            {
                return message.GetProperty("data").GetProperty("reason").GetString() ?? "";
            }
        }

        return "";
    }

    public void Dispose() => _socket.Dispose();

    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower };

    private static async Task<Socket> OpenAsync(UnixDomainSocketEndPoint end)
    {
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(end);
                return socket;
            }
            catch (SocketException)
            {
                // QEMU has not made its socket yet; the caller bounds how often we look.
                socket.Dispose();
                await Task.Delay(20);
            }
        }
    }
}
