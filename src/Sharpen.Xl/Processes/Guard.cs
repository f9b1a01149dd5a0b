using System;
using System.Globalization;
using System.IO;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Toolstack.Processes;
using Sharpen.Xen.Native;

namespace Sharpen.Xl.Processes;

/// <summary>What <c>xl create</c> has to do with the <see cref="Keeper"/>, which it starts when there is none.</summary>
public sealed class Guard : IDisposable
{
    /// <summary>The command by which the keeper is started, and what it starts.</summary>
    public const string Command = "domain-keeper";

    /// <summary>The command's word for being the keeper.</summary>
    public const string All = "all";

    /// <summary>The command's word for doing what a domain's configuration says about its end.</summary>
    public const string Stay = "stay";

    /// <summary>The command's word for a domain whose creation was broken off.</summary>
    public const string Undo = "undo";

    /// <summary>The command's word for a domain that is gone, and whose nodes are not.</summary>
    public const string Rest = "rest";

    /// <summary>Where the keeper listens.</summary>
    public const string SocketPath = RunFolder + "/xl-keeper";

    /// <summary>Where it keeps which domains it stays with.</summary>
    public const string KeptFolder = RunFolder + "/xl-kept";

    private const string RunFolder = "/run/xen";
    private const string LogFolder = "/var/log/xen";
    private const int Tries = 500;
    private const int TryMilliseconds = 10;

    private ByteStream? _keeper;
    private KeeperMessage _begun;
    private bool _stays;

    /// <summary>Has a domain undone should this process end; it is not there yet.</summary>
    /// <param name="uuid">What the domain is to have.</param>
    /// <param name="stays">The keeper is to stay with it.</param>
    /// <exception cref="ToolException">There is no keeper.</exception>
    public void Start(Guid uuid, DomainConfig config, bool stays)
    {
        _stays = stays;
        _begun = new KeeperMessage(KeeperWord.Begin, DomainId.Invalid, uuid, config.Name);
        _keeper = Connect();
        if (!Tell(_begun))
        {
            throw new ToolException($"the process that stays with domains does not hear: see {LogOf("keeper")}");
        }
    }

    /// <summary>The domain is made.</summary>
    /// <param name="hasDisks">What is behind its disks is to be looked at.</param>
    /// <exception cref="ToolException">There is no keeper any more.</exception>
    public void Commit(DomainId domain, bool hasDisks)
    {
        var message = _begun with { Word = _stays ? KeeperWord.Keep : KeeperWord.Leave, Domain = domain };
        if (!Tell(message) && _stays)
        {
            // It was killed meanwhile.
            Dispose();
            _keeper = Connect();
            if (!Tell(message))
            {
                throw new ToolException($"nobody stays with domain {domain.Value}: see {LogOf("keeper")}");
            }
        }

        if (_stays && hasDisks)
        {
            _ = Tell(message with { Word = KeeperWord.Disks });
        }
    }

    /// <summary>The domain could not be made, and nothing of it is left.</summary>
    public void Dismiss() => _ = Tell(_begun with { Word = KeeperWord.Leave });

    /// <summary>Has the keeper stay with a domain.</summary>
    /// <exception cref="ToolException">There is no keeper.</exception>
    public static void Keep(DomainId domain, Guid uuid, string name)
    {
        using var guard = new Guard { _stays = true, _begun = new KeeperMessage(KeeperWord.Begin, domain, uuid, name) };
        guard.Commit(domain, hasDisks: true);
    }

    /// <summary>Has the keeper, if there is one, look at a domain's disks anew.</summary>
    public static void TellOfDisks(DomainId domain)
    {
        using var keeper = LocalListener.TryConnect(SocketPath);
        _ = keeper?.Write(new KeeperMessage(KeeperWord.Disks, domain, Guid.Empty, "").ToBytes());
    }

    public void Dispose()
    {
        _keeper?.Dispose();
        _keeper = null;
    }

    /// <summary>Where the log of a domain is.</summary>
    public static string LogOf(string name) => $"{LogFolder}/xl-{name.Replace('/', '_')}.log";

    /// <summary>A line of the log.</summary>
    public static string Stamped(string text) => string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm:ss} {text}");

    private bool Tell(in KeeperMessage message)
    {
        byte[] bytes = message.ToBytes();
        return _keeper?.Write(bytes) == bytes.Length;
    }

    // Whoever holds the lock starts it; it holds the lock itself from then on.
    private static ByteStream Connect()
    {
        for (int tries = 0; tries < Tries; tries++)
        {
            if (LocalListener.TryConnect(SocketPath) is { } keeper)
            {
                return keeper;
            }

            Directory.CreateDirectory(RunFolder);
            using var held = LockFile.TryTake($"{SocketPath}.lock");
            if (held is null)
            {
                Thread.Sleep(TryMilliseconds);
            }
            else if (!Begin(held))
            {
                break;
            }
        }

        throw new ToolException($"cannot start the process that stays with domains: is there memory left, and can {LogOf("keeper")} be written?");
    }

    // What is said before it listens waits in its socket.
    private static bool Begin(FileHandle held)
    {
        Directory.CreateDirectory(LogFolder);
        using var socket = LocalListener.Listen(SocketPath).Handle;
        Succession.Leave(socket, isLeft: true);
        Succession.Leave(held, isLeft: true);
        return ChildProcess.Start(ChildProcess.Itself, [Command, All, $"{socket.Descriptor},{held.Descriptor}"], "/dev/null", LogOf("keeper")) is not null;
    }
}
