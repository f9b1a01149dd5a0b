using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Engine;

/// <content>Watches: setting them, and firing them.</content>
public sealed partial class StoreEngine
{
    /// <summary>How long a token may be.</summary>
    private const int LongestToken = 1024;

    private Errno SetWatch(Client client, in StoreHeader request, RequestText text)
    {
        if (!text.TryTake(out string name) || !text.TryTake(out string token) || !TryResolveWatch(client, name, out string path, out int hidden))
        {
            return Errno.Inval;
        }

        if (client.Watches.ContainsKey((path, token)))
        {
            return Errno.Exist;
        }

        if (!client.Actor.IsPrivileged && (client.Watches.Count >= Quotas.Watches || token.Length > LongestToken || client.Memory > Quotas.Memory))
        {
            return Errno.TooBig;
        }

        Watch watch = new(client, path, token, hidden);
        Add(watch);
        if (client.IsRing)
        {
            _log.Watched(watch);
        }

        _ = Acknowledge(client, in request);
        client.Tell(watch, path);
        return Errno.None;
    }

    private Errno EndWatch(Client client, in StoreHeader request, RequestText text)
    {
        if (!text.TryTake(out string name) || !text.TryTake(out string token) || !TryResolveWatch(client, name, out string path, out _))
        {
            return Errno.Inval;
        }

        if (!client.Watches.TryGetValue((path, token), out Watch? watch))
        {
            return Errno.NoEnt;
        }

        Drop(watch);
        return Acknowledge(client, in request);
    }

    private Errno ResetWatches(Client client, in StoreHeader request)
    {
        foreach (Watch watch in new List<Watch>(client.Watches.Values))
        {
            Drop(watch);
        }

        foreach (uint id in client.Transactions.Keys)
        {
            if (client.IsRing)
            {
                _log.Ended(client, id);
            }
        }

        client.Transactions.Clear();
        client.Parked.Clear();
        return Acknowledge(client, in request);
    }

    private bool TryResolveWatch(Client client, string name, out string path, out int hidden)
    {
        hidden = 0;
        path = name;
        if (StorePath.IsSpecial(name))
        {
            return StorePath.IsKnownSpecial(name) || StorePath.IsReleaseOfOne(name);
        }

        if (!TryResolve(client, name, out path))
        {
            return false;
        }

        hidden = path.Length - name.Length;
        return true;
    }

    private void Add(Watch watch)
    {
        watch.Client.Watches.Add((watch.Path, watch.Token), watch);
        _watches.Add(watch);
    }

    private void Drop(Watch watch)
    {
        _ = watch.Client.Watches.Remove((watch.Path, watch.Token));
        _watches.Remove(watch);
        watch.Client.Forget(watch);
        if (watch.Client.IsRing)
        {
            _log.Unwatched(watch);
        }
    }

    /// <summary>Tells of a change those who may see the node; a removal also those who watch what was below it.</summary>
    private void Fire(in Change change, Node? removed)
    {
        Node? node = change.Kind == ChangeKind.Remove ? removed : _tree.Find(change.Path);
        if (node is null)
        {
            return;
        }

        if (removed is not null)
        {
            FireBelow(change.Path, removed);
        }

        _fired.Clear();
        _watches.CollectAbove(change.Path, _fired);
        foreach (Watch watch in _fired)
        {
            if (node.Permissions.Allow(watch.Client.Actor, StoreAccess.Read))
            {
                watch.Client.Tell(watch, change.Path);
            }
        }
    }

    private void FireBelow(string path, Node removed)
    {
        _firedBelow.Clear();
        _watches.CollectBelow(path, removed, _firedBelow);
        foreach ((Watch watch, Node below) in _firedBelow)
        {
            if (below.Permissions.Allow(watch.Client.Actor, StoreAccess.Read))
            {
                watch.Client.Tell(watch, watch.Path);
            }
        }
    }

    /// <summary>Tells those who wait for any domain's end, and those who wait for this one's: many may wait, each for its own.</summary>
    private void FireRelease(ushort id)
    {
        FireSpecial(StorePath.Release);
        FireSpecial(StorePath.ReleaseOf(id));
    }

    private void FireSpecial(string name)
    {
        Permissions permissions = SpecialPermissions(StorePath.IsReleaseOfOne(name) ? StorePath.Release : name);
        _fired.Clear();
        _watches.CollectSpecial(name, _fired);
        foreach (Watch watch in _fired)
        {
            if (permissions.Allow(watch.Client.Actor, StoreAccess.Read))
            {
                watch.Client.Tell(watch, name);
            }
        }
    }
}
