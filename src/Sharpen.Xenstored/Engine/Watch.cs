namespace Sharpen.Xenstored.Engine;

/// <summary>A client's wish to be told of changes at a node and below it.</summary>
public sealed class Watch
{

    internal Watch(Client client, string path, string token, int hidden)
    {
        Client = client;
        Path = path;
        Token = token;
        Hidden = hidden;
    }

    /// <summary>Whose.</summary>
    public Client Client { get; }

    /// <summary>The absolute path, or a special one.</summary>
    public string Path { get; }

    /// <summary>Comes with each event.</summary>
    public string Token { get; }

    /// <summary>How many characters of a path the client does not see, since it named the node relative to its home.</summary>
    public int Hidden { get; }

    /// <summary>Bytes that it takes, about.</summary>
    public int Memory => 64 + Path.Length + Token.Length;
}
