using System.Collections.Generic;
using Sharpen.Abi;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Tree;

namespace Sharpen.Xenstored.Engine;

/// <content>Domains: their coming, their going, and what they may.</content>
public sealed partial class StoreEngine
{
    /// <summary>The domain of an id; null when it was not introduced.</summary>
    public IntroducedDomain? FindDomain(ushort id) => _domains.GetValueOrDefault(id);

    /// <summary>The control domain has a ring too, through which its kernel asks.</summary>
    public Errno IntroduceControl(ulong page, uint port) => Introduce(0, page, port);

    /// <summary>A domain stopped, and is still there: those who wait for it are told, once.</summary>
    public void StoppedRunning(ushort id)
    {
        if (_domains.TryGetValue(id, out IntroducedDomain? domain) && !domain.IsShutdown)
        {
            domain.IsShutdown = true;
            _log.Introduced(domain);
            FireRelease(id);
        }
    }

    /// <summary>A domain is gone: what it had is dropped, and nobody who gets its id later may use what it could.</summary>
    public void Gone(ushort id)
    {
        if (_domains.Remove(id, out IntroducedDomain? domain))
        {
            _rings.Detach(domain);
            Disconnect(domain.Client);
            Forget(id);
            _log.Released(id);
            FireRelease(id);
        }
    }

    private Errno Introduce(Client client, in StoreHeader request, RequestText text)
    {
        if (!text.TryTakeDomain(out ushort id) || !text.TryTakeNumber(out ulong page) || !text.TryTakeNumber(out ulong port)
            || id == 0 || port is 0 or > uint.MaxValue)
        {
            return Errno.Inval;
        }

        Errno error = Introduce(id, page, (uint)port);
        return error == Errno.None ? Acknowledge(client, in request) : error;
    }

    private Errno Introduce(ushort id, ulong page, uint port)
    {
        bool known = _domains.TryGetValue(id, out IntroducedDomain? domain);
        if (known)
        {
            (domain!.Page, domain.Port) = (page, port);
        }
        else
        {
            domain = new IntroducedDomain(new Client(++_lastClient, new Actor(id, id, id == 0), isRing: true), page, port);
        }

        Errno error = _rings.Attach(domain);
        if (error != Errno.None)
        {
            return error;
        }

        if (!known)
        {
            _domains.Add(id, domain);
            _ = _clients.Add(domain.Client);
        }

        _log.Introduced(domain);
        FireSpecial("@introduceDomain");
        return Errno.None;
    }

    private Errno Release(Client client, in StoreHeader request, RequestText text)
    {
        if (!text.TryTakeDomain(out ushort id) || id == 0)
        {
            return Errno.Inval;
        }

        if (!_domains.ContainsKey(id))
        {
            return Errno.NoEnt;
        }

        Gone(id);
        return Acknowledge(client, in request);
    }

    private Errno Resume(Client client, in StoreHeader request, RequestText text)
    {
        if (!text.TryTakeDomain(out ushort id))
        {
            return Errno.Inval;
        }

        if (!_domains.TryGetValue(id, out IntroducedDomain? domain))
        {
            return Errno.NoEnt;
        }

        domain.IsShutdown = false;
        _log.Introduced(domain);
        return Acknowledge(client, in request);
    }

    private Errno SetTarget(Client client, in StoreHeader request, RequestText text)
    {
        if (!text.TryTakeDomain(out ushort id) || !text.TryTakeDomain(out ushort target))
        {
            return Errno.Inval;
        }

        if (!_domains.TryGetValue(id, out IntroducedDomain? domain) || !_domains.ContainsKey(target))
        {
            return Errno.NoEnt;
        }

        domain.Client.Actor = domain.Client.Actor with { Target = target };
        _log.Introduced(domain);
        return Acknowledge(client, in request);
    }

    private Errno IsIntroduced(Client client, in StoreHeader request, RequestText text)
    {
        if (!text.TryTakeNumber(out ulong id))
        {
            return Errno.Inval;
        }

        bool known = id == 0 || (id <= ushort.MaxValue && _domains.ContainsKey((ushort)id));
        return Answer(client, in request, known ? "T\0" : "F\0");
    }

    private static Errno GetDomainPath(Client client, in StoreHeader request, RequestText text) =>
        text.TryTakeDomain(out ushort id) ? Answer(client, in request, $"{StorePath.HomeOf(id)}\0") : Errno.Inval;

    /// <summary>Takes a domain out of all permissions.</summary>
    private void Forget(ushort id)
    {
        List<(string Path, Node Node)> named = [];
        int left = _counts.Naming(id);
        // Most are its own nodes, whose place is known: how many other domains there are costs nothing then.
        Node? home = _tree.Find(StorePath.HomeOf(id));
        if (home is not null)
        {
            CollectNaming(id, StorePath.HomeOf(id), home, null, named, ref left);
        }

        CollectNaming(id, "", _tree.Root, home, named, ref left);
        foreach ((string path, Node node) in named)
        {
            Permissions permissions = node.Permissions.Without(id);
            _counts.Add(node.Permissions, -1);
            _tree.Set(path.Length == 0 ? "/" : path, node.Value, permissions);
            _counts.Add(permissions, 1);
        }

        foreach (IntroducedDomain domain in _domains.Values)
        {
            if (domain.Client.Actor.Target == id)
            {
                domain.Client.Actor = domain.Client.Actor with { Target = domain.Id };
            }
        }

        foreach (string name in new List<string>(_special.Keys))
        {
            _special[name] = _special[name].Without(id);
        }
    }

    /// <summary>Collects the nodes whose permissions name a domain, until none is left of those that are counted.</summary>
    private static void CollectNaming(ushort id, string path, Node node, Node? except, List<(string Path, Node Node)> found, ref int left)
    {
        int count = left > 0 ? node.Permissions.CountOf(id) : 0;
        if (count > 0)
        {
            found.Add((path, node));
            left -= count;
        }

        // Where a toolstack describes domains comes behind where they are, by name, and is small.
        for (int index = node.Children.Length - 1; index >= 0 && left > 0; index--)
        {
            Node child = node.Children[index];
            if (child != except)
            {
                CollectNaming(id, $"{path}/{child.Name}", child, except, found, ref left);
            }
        }
    }
}
