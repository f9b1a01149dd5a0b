using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Devices;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;
using Sharpen.Xl.Output;

namespace Sharpen.Xl.Processes;

/// <summary>The background half of <c>xl create</c>: it is split off right before there is a domain, and destroys what has the domain's UUID
/// when xl ends without a word, even by SIGKILL. Afterwards it stays with the domain until that ends.</summary>
public sealed class Guard : IDisposable
{
    /// <summary>The command that it becomes when there is something to do.</summary>
    public const string Command = "domain-keeper";

    /// <summary>The command's word for staying with a domain.</summary>
    public const string Stay = "stay";

    /// <summary>The command's word for a domain whose creation was broken off.</summary>
    public const string Undo = "undo";

    /// <summary>The command's word for a domain that is gone, and whose nodes are not.</summary>
    public const string Rest = "rest";

    private const byte Done = (byte)'+';
    private const byte Nothing = (byte)'-';

    // What is said: the word, and the domain's number.
    private const int MessageBytes = 3;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private const string LogFolder = "/var/log/xen";

    // So often it is woken for nothing before it becomes a whole program, whose runtime can collect what that left.
    private const int MostWakes = 200;

    private int _pipe = -1;

    /// <summary>Starts it for a domain that is not there yet.</summary>
    /// <param name="uuid">What the domain is to have.</param>
    /// <param name="stays">After the creation too.</param>
    /// <exception cref="ToolException">It cannot be started.</exception>
    public void Start(Guid uuid, DomainConfig config, bool stays)
    {
        Directory.CreateDirectory(LogFolder);
        string log = $"{LogFolder}/xl-{config.Name}.log";
        bool? isNew = Fork.Split(log, out _pipe);
        if (isNew == true)
        {
            Stand(uuid, stays);
        }

        if (isNew is null)
        {
            throw new ToolException($"cannot split off the process that stays with {config.Name}: is there memory left, and can {log} be written?");
        }
    }

    /// <summary>The domain is made.</summary>
    public void Commit(DomainId domain) => Tell(Done, domain);

    /// <summary>The domain could not be made, and nothing of it is left.</summary>
    public void Dismiss() => Tell(Nothing, DomainId.Invalid);

    public void Dispose()
    {
        if (_pipe >= 0)
        {
            Fork.End(_pipe);
            _pipe = -1;
        }
    }

    /// <summary>A line of the log.</summary>
    public static string Stamped(string text) => string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm:ss} {text}");

    private void Tell(byte what, DomainId domain)
    {
        if (_pipe >= 0)
        {
            _ = Fork.Tell(_pipe, [what, (byte)(domain.Value & 0xff), (byte)(domain.Value >> 8)]);
        }
    }

    // The new half's whole life: it does not return.
    private static void Stand(Guid uuid, bool stays)
    {
        byte[] told = Fork.Hear(MessageBytes);
        if (told.Length < MessageBytes)
        {
            Fork.Become(Command, uuid.ToString(), Undo);
        }

        var domain = new DomainId((ushort)(told[1] | (told[2] << 8)));
        if (told[0] == Done && stays && Wait(domain, uuid) is { } word)
        {
            Fork.Become(Command, domain.Value.ToString(CultureInfo.InvariantCulture), word);
        }

        Fork.Exit(0);
    }

    // What there is to do when there is more to do than to wait; null when the domain was destroyed. Nothing of the other half may be used here.
    private static string? Wait(DomainId domain, Guid uuid)
    {
        try
        {
            using var host = new Host();
            int wakes = 0;
            var info = DomainWatch.Wait(host, domain, now => now is null || now.Value.Uuid != uuid || now.Value.State.HasFlag(DomainState.Shutdown) || ++wakes > MostWakes,
                Timeout.InfiniteTimeSpan, CancellationToken.None);
            if (info is { } left && left.Uuid == uuid)
            {
                return Stay;
            }

            Descriptor.Write(1, Encoding.UTF8.GetBytes(Stamped($"domain {domain.Value} was destroyed\n")));
            return Xenbus.WaitForNode(host.Store, $"{Host.PathOf(domain)}/vm", value => value != $"/vm/{uuid}", s_patience, CancellationToken.None) ? null : Rest;
        }
        catch (Exception)
        {
            return Stay;
        }
    }
}
