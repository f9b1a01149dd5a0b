using System;
using System.Globalization;
using System.IO;
using Sharpen.Abi;
using Sharpen.Toolstack.Config;

namespace Sharpen.Xl.Processes;

/// <summary>The background half of <c>xl create</c>: it is started as soon as there is a domain, and destroys that when xl ends without
/// having said that all went well, even by SIGKILL. Afterwards it stays with the domain until that ends.</summary>
public sealed class Guard : IDisposable
{
    /// <summary>What says that all went well.</summary>
    public const byte Done = (byte)'+';

    /// <summary>The command that it runs.</summary>
    public const string Command = "domain-keeper";

    private const string LogFolder = "/var/log/xen";
    private int _pipe = -1;

    /// <summary>Starts it for a domain.</summary>
    /// <param name="stays">After the creation too.</param>
    public void Start(DomainId domain, DomainConfig config, bool stays)
    {
        Directory.CreateDirectory(LogFolder);
        string log = $"{LogFolder}/xl-{config.Name}.log";
        _pipe = Spawn.Background(log, Command, domain.Value.ToString(CultureInfo.InvariantCulture), stays ? "stay" : "leave");
    }

    /// <summary>The domain is made.</summary>
    public void Commit()
    {
        if (_pipe >= 0)
        {
            _ = Spawn.Tell(_pipe, Done);
        }
    }

    public void Dispose()
    {
        if (_pipe >= 0)
        {
            Spawn.End(_pipe);
            _pipe = -1;
        }
    }
}
