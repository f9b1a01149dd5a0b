using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;
using Sharpen.Xl.Output;

namespace Sharpen.Xl.Processes;

/// <summary>The background half of <c>xl create</c>: it is split off as soon as there is a domain, and destroys that when xl ends without
/// having said that all went well, even by SIGKILL. Afterwards it stays with the domain until that ends.</summary>
public sealed class Guard : IDisposable
{
    /// <summary>The command that it becomes when there is something to do.</summary>
    public const string Command = "domain-keeper";

    /// <summary>The command's word for staying with a domain.</summary>
    public const string Stay = "stay";

    /// <summary>The command's word for a domain whose creation was broken off.</summary>
    public const string Undo = "undo";

    private const byte Done = (byte)'+';
    private const string LogFolder = "/var/log/xen";

    // So often it is woken for nothing before it becomes a whole program, whose runtime can collect what that left.
    private const int MostWakes = 200;

    private int _pipe = -1;

    /// <summary>Starts it for a domain.</summary>
    /// <param name="uuid">The domain's.</param>
    /// <param name="stays">After the creation too.</param>
    public void Start(DomainId domain, Guid uuid, DomainConfig config, bool stays)
    {
        Directory.CreateDirectory(LogFolder);
        if (Fork.Split($"{LogFolder}/xl-{config.Name}.log", out _pipe) == true)
        {
            string number = domain.Value.ToString(CultureInfo.InvariantCulture);
            if (Fork.Hear() != Done)
            {
                Fork.Become(Command, number, Undo);
            }

            if (stays && Waits(domain, uuid))
            {
                Fork.Become(Command, number, Stay);
            }

            Fork.Exit(0);
        }
    }

    /// <summary>The domain is made.</summary>
    public void Commit()
    {
        if (_pipe >= 0)
        {
            _ = Fork.Tell(_pipe, Done);
        }
    }

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

    // False when the domain was destroyed; true when there is more to do than to wait. Nothing of the other half may be used here.
    private static bool Waits(DomainId domain, Guid uuid)
    {
        try
        {
            using var host = new Host();
            int wakes = 0;
            var info = DomainWatch.Wait(host, domain, now => now is null || now.Value.Uuid != uuid || now.Value.State.HasFlag(DomainState.Shutdown) || ++wakes > MostWakes,
                Timeout.InfiniteTimeSpan, CancellationToken.None);
            if (info is { } left && left.Uuid == uuid)
            {
                return true;
            }

            Descriptor.Write(1, Encoding.UTF8.GetBytes(Stamped($"domain {domain.Value} was destroyed\n")));
            return false;
        }
        catch (Exception)
        {
            return true;
        }
    }
}
