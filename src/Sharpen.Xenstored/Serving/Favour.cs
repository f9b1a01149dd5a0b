using Sharpen.Xenstored.Engine;

namespace Sharpen.Xenstored.Serving;

/// <summary>
/// Lets nobody starve: a client whose transactions conflict again and again is alone with the store during one, for a short time. The
/// times are bounded over all clients together, so that conflicts made on purpose gain little.
/// </summary>
public sealed class Favour
{
    private const int ConflictsInRow = 4;
    private const long Window = 10;
    private const long Rest = 100;
    private long _until;
    private long _next = long.MinValue;

    /// <summary>Who is alone; null: nobody.</summary>
    public Client? Favoured { get; private set; }

    /// <summary>A client's request was done.</summary>
    /// <param name="client">Whose.</param>
    /// <param name="now">Milliseconds of a clock that never goes back.</param>
    public void Look(Client client, long now)
    {
        if (Favoured == client)
        {
            Favoured = client.Transactions.Count == 0 ? null : client;
        }
        else if (Favoured is null && client.Conflicts >= ConflictsInRow && client.Transactions.Count > 0 && now >= _next)
        {
            Favoured = client;
            _until = now + Window;
            _next = _until + Rest;
        }
    }

    /// <summary>A client is gone.</summary>
    public void Forget(Client client) => Favoured = Favoured == client ? null : Favoured;

    /// <summary>Whether a client must wait, since another is alone.</summary>
    public bool Holds(Client client, long now)
    {
        if (Favoured is not null && now >= _until)
        {
            Favoured = null;
        }

        return Favoured is not null && Favoured != client;
    }
}
