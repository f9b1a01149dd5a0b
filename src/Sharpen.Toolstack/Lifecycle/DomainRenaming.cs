using Sharpen.Abi;
using Sharpen.Xen.Control;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>Gives domains other names.</summary>
public static class DomainRenaming
{
    /// <summary>Renames.</summary>
    /// <exception cref="ToolException">The name is taken, or none.</exception>
    public static void Rename(Host host, DomainInfo info, string name)
    {
        if (name.Length == 0 || name.Contains('/'))
        {
            throw new ToolException($"'{name}' is no name for a domain: it needs a character, and no '/'");
        }

        host.Store.Commit(transaction =>
        {
            if (DomainNames.FindByName(host.Store, name, transaction) is { } other && other.Value != info.Domain)
            {
                throw new ToolException($"there is a domain '{name}' already, number {other.Value}: choose another name");
            }

            string root = Host.PathOf(info.Id);
            DomainNames.Claim(host.Store, transaction);
            host.Store.Write($"{root}/name", name, transaction);
            if (host.Store.Find($"{root}/vm", transaction) is { } machine)
            {
                host.Store.Write($"{machine}/name", name, transaction);
            }
        });
    }
}
