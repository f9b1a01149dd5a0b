using Sharpen.Abi;
using Sharpen.Xen;

namespace Sharpen.Xl;

/// <summary>What to do when the hypervisor, the kernel or the store refuses.</summary>
public static class Hints
{
    /// <summary>A sentence to add to the message; empty when there is nothing to say.</summary>
    public static string For(XenException exception) => exception.Error switch
    {
        Errno.Acces or Errno.Perm when exception.Operation.StartsWith("open", System.StringComparison.Ordinal) => "; run xl as root",
        Errno.NoEnt when exception.Operation.StartsWith("open", System.StringComparison.Ordinal) => "; is this dom0 of a Xen host, and are xen-privcmd and xenstored there?",
        Errno.Srch => "; 'xl list' shows what is there",
        Errno.NoMem => "; 'xl info' shows free memory",
        _ => "",
    };
}
