using System.Collections.Generic;

namespace Sharpen.Xenstored.Keeping;

/// <summary>What a log says beyond what an engine holds.</summary>
public sealed class KeptState
{
    /// <summary>The rings of the domains, by id.</summary>
    public Dictionary<ushort, StreamState> Streams { get; } = [];

    /// <summary>The programs at the socket, when this process is the successor that the log was written for.</summary>
    public List<ProgramState> Programs { get; } = [];
}
