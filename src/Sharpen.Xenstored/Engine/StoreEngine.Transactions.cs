using System.Globalization;
using Sharpen.Abi;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Engine;

/// <content>Transactions: their beginning and their end.</content>
public sealed partial class StoreEngine
{
    private Errno Begin(Client client, in StoreHeader request, Transaction? outer)
    {
        if (outer is not null)
        {
            return Errno.Busy;
        }

        if (!client.Actor.IsPrivileged && (client.Transactions.Count >= Quotas.Transactions || client.Memory > Quotas.Memory))
        {
            return Errno.NoSpc;
        }

        uint id;
        do
        {
            id = client.LastTransaction = client.LastTransaction == uint.MaxValue ? 1 : client.LastTransaction + 1;
        }
        while (client.Transactions.ContainsKey(id));
        client.Transactions.Add(id, new Transaction(id, _tree, _counts));
        if (client.IsRing)
        {
            _log.Began(client, id);
        }

        return Answer(client, in request, string.Create(CultureInfo.InvariantCulture, $"{id}\0"));
    }

    private Errno End(Client client, in StoreHeader request, Transaction? transaction, RequestText text)
    {
        if (transaction is null)
        {
            return Errno.NoEnt;
        }

        if (!text.TryTake(out string verdict) || verdict is not ("T" or "F"))
        {
            return Errno.Inval;
        }

        _ = client.Transactions.Remove(transaction.Id);
        if (client.IsRing)
        {
            _log.Ended(client, transaction.Id);
        }

        if (verdict == "F")
        {
            return Acknowledge(client, in request);
        }

        Errno error = transaction.Commit(ref _tree, _counts, Quotas, client.Actor, out Node?[] removed);
        if (error != Errno.None)
        {
            client.Conflicts++;
            return error;
        }

        client.Conflicts = 0;
        for (int index = 0; index < transaction.Changes.Count; index++)
        {
            Change change = transaction.Changes[index];
            _log.Changed(client.Actor, in change);
            Fire(in change, removed[index]);
        }

        return Acknowledge(client, in request);
    }
}
