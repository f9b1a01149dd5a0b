using System.Collections.Generic;
using Sharpen.Xen.Store;

namespace Sharpen.Xenstored.Engine;

/// <summary>
/// What was said of the program that is to go on in place of this one. Nobody has to end transactions for it: those that are open conflict,
/// and their owners try again. Source: <c>xenstore.txt</c>, <c>live-update</c>.
/// </summary>
public sealed class LiveUpdate
{
    private const string Done = "OK";

    /// <summary>The program's file; null when none was named.</summary>
    public string? Program { get; private set; }

    /// <summary>Its command line, without its name; null: the same as this one's.</summary>
    public string? CommandLine { get; private set; }

    /// <summary>Who asked for the change to happen now; the successor answers it. Null: nobody did.</summary>
    public Client? Asker { get; private set; }

    /// <summary>What that client asked.</summary>
    public StoreHeader Request { get; private set; }

    /// <summary>Takes one step.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="request">Its request.</param>
    /// <param name="words">The words after the name of the command.</param>
    /// <returns>The answer; empty: it comes when the change has happened; null: there is no such step.</returns>
    internal string? Do(Client client, in StoreHeader request, IReadOnlyList<string> words)
    {
        switch (words.Count > 0 ? words[0] : "")
        {
            case "-f" when words.Count == 2:
                Program = words[1];
                return Done;
            case "-c" when words.Count == 2:
                CommandLine = words[1];
                return Done;
            case "-a":
                Forget();
                return Done;
            case "-s" when Program is null:
                return "no program was named";
            case "-s":
                (Asker, Request) = (client, request);
                return "";
            default:
                return null;
        }
    }

    /// <summary>Forgets all that was said.</summary>
    internal void Forget() => (Program, CommandLine, Asker) = (null, null, null);
}
