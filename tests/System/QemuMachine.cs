using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using Xunit.Sdk;

namespace Sharpen.SystemTests;

/// <summary>
/// A machine that <c>./run</c> has booted under QEMU: what it says on its serial port, its keyboard, its monitor. What a
/// test boots is what a user boots, and a failure names the command that repeats it. Disposing ends its QEMU.
/// </summary>
public sealed class QemuMachine : IAsyncDisposable
{
    /// <summary>A safety net, not a measure: a machine that says nothing for so long is dead, on any host.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly string _command;
    private readonly Process _process;
    private readonly string _folder;
    private readonly Task _reading;
    private readonly Task<string> _complaints;
    private QmpMonitor? _monitor;

    private QemuMachine(string[] options)
    {
        _folder = Directory.CreateTempSubdirectory("sharpen-").FullName;
        _command = "./run dom0 " + string.Join(' ', options.Select(Quote));
        // `timeout` ends what this process cannot, should it be killed itself. ./run becomes QEMU, so it leaves nothing else.
        var start = new ProcessStartInfo("timeout")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in new[] { "400", "./run", "dom0", "--no-build", "--qmp", SocketPath }.Concat(options))
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _complaints = _process.StandardError.ReadToEndAsync();
        _reading = Serial.ReadAsync(_process.StandardOutput.BaseStream);
    }

    /// <summary>Everything said on the serial port.</summary>
    public SerialLog Serial { get; } = new();

    private string SocketPath => Path.Combine(_folder, "qmp");

    /// <summary>Boots what <c>./run</c> boots with these <paramref name="options"/>.</summary>
    public static QemuMachine Boot(params string[] options) => new(options);

    /// <summary>
    /// Waits until the machine says <paramref name="expected"/> after what was last waited for; returns what it said from there
    /// up to the end of that line. Fails when QEMU ends first.
    /// </summary>
    public Task<string> WaitFor(string expected) => Said(Serial.Expect(expected), expected);

    /// <summary>Waits until the machine has said all of <paramref name="expected"/>, in any order, since it started.</summary>
    public async Task WaitForAll(params string[] expected)
    {
        foreach (string text in expected)
        {
            await Said(Serial.ExpectAnywhere(text), text);
        }
    }

    /// <summary>Types on the serial port, exactly these characters: Ctrl-A, QEMU's own escape, is doubled on the way.</summary>
    public async Task Type(string keys)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(keys.Replace("\u0001", "\u0001\u0001", StringComparison.Ordinal));
        await _process.StandardInput.BaseStream.WriteAsync(bytes);
        await _process.StandardInput.BaseStream.FlushAsync();
    }

    /// <summary>Executes a command of QEMU's monitor protocol and returns its result.</summary>
    public async Task<JsonElement> Monitor(string command, object? arguments = null)
    {
        _monitor ??= await Bounded(QmpMonitor.ConnectAsync(SocketPath), "QEMU's monitor did not answer");
        return await Bounded(_monitor.ExecuteAsync(command, arguments), $"monitor command {command} did not return");
    }

    /// <summary>Executes a line of QEMU's human monitor, as typed after Ctrl-A C, and returns what it prints.</summary>
    public async Task<string> HumanMonitor(string line) =>
        (await Monitor("human-monitor-command", new { CommandLine = line })).GetString() ?? "";

    /// <summary>Waits until the boot processor halts and the machine still stands: no reset, no triple fault.</summary>
    public async Task WaitUntilHalted()
    {
        await Bounded(HaltAsync(), "the boot processor did not halt");
        JsonElement status = await Monitor("query-status");
        Assert.Equal("running", status.GetProperty("status").GetString());
    }

    /// <summary>Waits until QEMU ends by itself, as it does on power-off, on a reset and on a triple fault.</summary>
    public async Task WaitForEnd()
    {
        await Bounded(_process.WaitForExitAsync().ContinueWith(_ => true, TaskScheduler.Default), "QEMU did not end");
        await _reading;
    }

    /// <summary>Waits until QEMU ends by itself, and returns why it did: <c>guest-shutdown</c>, <c>guest-reset</c>, ...</summary>
    public async Task<string> WaitForShutdown()
    {
        _monitor ??= await Bounded(QmpMonitor.ConnectAsync(SocketPath), "QEMU's monitor did not answer");
        return await Bounded(_monitor.ShutdownReasonAsync(), "QEMU did not end");
    }

    public async ValueTask DisposeAsync()
    {
        _monitor?.Dispose();
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }

        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> Said(Task<string?> wait, string expected)
    {
        string? said = await Bounded(wait, $"'{expected}' was not said");
        return said ?? throw await Failure($"QEMU ended before '{expected}' was said");
    }

    private async Task<bool> HaltAsync()
    {
        while (!_process.HasExited && !(await HumanMonitor("info registers")).Contains("HLT=1", StringComparison.Ordinal))
        {
            await Task.Delay(20);
        }

        return true;
    }

    private static string Quote(string argument) =>
        argument.All(c => char.IsLetterOrDigit(c) || "-_./=+,:".Contains(c, StringComparison.Ordinal)) ? argument : $"'{argument}'";

    private async Task<T> Bounded<T>(Task<T> task, string complaint)
    {
        try
        {
            return await task.WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            throw await Failure(complaint);
        }
    }

    private async Task<XunitException> Failure(string complaint)
    {
        string errors = _process.HasExited ? await _complaints : "";
        return new XunitException($"{complaint}\nrepeat with: {_command}\n{errors}serial port:\n{Serial.Tail(40)}");
    }
}
