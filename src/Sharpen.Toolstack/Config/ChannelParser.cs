using System.Collections.Generic;

namespace Sharpen.Toolstack.Config;

/// <summary>Understands a channel: <c>name=org.example.agent.1,connection=socket,path=/run/agent</c>. Source: xl.cfg(5).</summary>
public static class ChannelParser
{
    // What the kernel takes for a socket's path, without the zero behind it.
    private const int MostPath = 107;
    private static readonly string[] s_words = ["name", "connection", "path", "backend"];

    /// <summary>Understands a channel.</summary>
    /// <param name="problem">What is wrong; empty when nothing is.</param>
    /// <returns>Null when it cannot be understood.</returns>
    public static ChannelSpec? Parse(string text, out string problem)
    {
        if (SpecWords.Split(text, "a channel", s_words, out problem) is not { } words)
        {
            return null;
        }

        string name = words.GetValueOrDefault("name", "");
        string path = words.GetValueOrDefault("path", "");
        string connection = words.GetValueOrDefault("connection", "");
        problem = connection switch
        {
            _ when name.Length == 0 => "a channel has no name: write name=NAME, by which the program in the guest finds it",
            _ when words.GetValueOrDefault("backend", "0") is not ("0" or "Domain-0") => "a channel is served by this domain: leave backend= out",
            "" => "a channel is connected to nothing: write connection=pty, or connection=socket and path=PATH",
            "pty" when path.Length > 0 => "a channel to a terminal has no path: leave path= out, or write connection=socket",
            "socket" when path.Length == 0 => "a channel to a socket has no path: write path=PATH",
            "socket" when path[0] != '/' || path.Length > MostPath => $"'{path}' is no path for a socket: write one from the root, of at most {MostPath} characters",
            "pty" or "socket" => "",
            _ => $"a channel is connected to pty or socket, not to '{connection}'",
        };
        return problem.Length > 0 ? null : new ChannelSpec { Name = name, SocketPath = path };
    }
}
