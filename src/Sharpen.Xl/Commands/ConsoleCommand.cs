using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using Microsoft.Win32.SafeHandles;
using Sharpen.Abi;
using Sharpen.Toolstack.Devices;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;
using Sharpen.Xen.Native;
using Sharpen.Xl.Output;
using Sharpen.Xl.Processes;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl console</c></summary>
public sealed class ConsoleCommand : Command
{
    private const byte Leave = 0x1d;
    private const int AtOnce = 4096;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public override string Name => "console";

    public override string Summary => "Attach to a domain's console; Ctrl-] leaves";

    public override string Arguments => "[options] <Domain>";

    public override string Example => "console web";

    public override int Least => 1;

    public override Option[] Options =>
    [
        new('t', "", "pv", "the kind; PV guests have no other"),
        new('n', "", "NUM", "which, from 0"),
    ];

    /// <summary>Connects standard input and output with a console until the user leaves, or the domain ends.</summary>
    /// <exception cref="CommandException">It has none.</exception>
    public static int Attach(Context context, DomainId domain, int number)
    {
        string node = number == 0 ? $"{Host.PathOf(domain)}/console/tty" : $"{Host.PathOf(domain)}/device/console/{number}/tty";
        if (!Xenbus.WaitForNode(context.Host.Store, node, static value => !string.IsNullOrEmpty(value), s_patience, CancellationToken.None))
        {
            throw new CommandException(1, $"domain {domain.Value} has no console yet: is xenconsoled running?");
        }

        string path = context.Host.Store.Read(node);
        using FileStream tty = OpenTerminal(path);
        using var raw = new RawTerminal();
        using PosixSignalRegistration? resized = PassSize(tty) ? PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => PassSize(tty)) : null;
        using var over = new ManualResetEventSlim();
        Start(() => PumpOutput(tty), over);
        Start(() => PumpInput(tty), over);
        over.Wait();
        return 0;
    }

    public override int Run(Context context, Parsed line)
    {
        if (line.Value("t") is { } kind and not "pv")
        {
            throw new CommandException(1, $"a PV guest has no console of the kind '{kind}'");
        }

        if (!int.TryParse(line.Value("n") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            throw new CommandException(1, $"'{line.Value("n")}' is no console's number");
        }

        return Attach(context, context.Existing(line.Arguments[0]).Id, number);
    }

    // Either side may end at any time: that ends both.
    private static void Start(Action work, ManualResetEventSlim over) => new Thread(() =>
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
        }

        try
        {
            over.Set();
        }
        catch (ObjectDisposedException)
        {
            // The other side ended first.
        }
    })
    { IsBackground = true }.Start();

    /// <summary>Gives the console's terminal the size of this one. xenconsoled looks at it when somebody opens or closes the terminal.</summary>
    /// <returns>False when this is no terminal, or one without a size.</returns>
    private static bool PassSize(FileStream tty)
    {
        TerminalSize size = TerminalSize.Of(0);
        if (size.IsKnown)
        {
            size.Set((int)tty.SafeFileHandle.DangerousGetHandle());
            using var again = OpenTerminal(tty.Name);
        }

        return size.IsKnown;
    }

    private static FileStream OpenTerminal(string path) =>
        new(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, BufferSize = 0 });

    private static void PumpOutput(FileStream tty)
    {
        byte[] bytes = new byte[AtOnce];
        for (int count = tty.Read(bytes); count > 0; count = tty.Read(bytes))
        {
            Descriptor.Write(1, bytes.AsSpan(0, count));
        }
    }

    private static void PumpInput(FileStream tty)
    {
        byte[] bytes = new byte[AtOnce];
        using var handle = new SafeFileHandle(0, ownsHandle: false);
        using var input = new FileStream(handle, FileAccess.Read, 0);
        for (int count = input.Read(bytes); count > 0; count = input.Read(bytes))
        {
            int end = bytes.AsSpan(0, count).IndexOf(Leave);
            tty.Write(bytes, 0, end < 0 ? count : end);
            if (end >= 0)
            {
                return;
            }
        }
    }
}
