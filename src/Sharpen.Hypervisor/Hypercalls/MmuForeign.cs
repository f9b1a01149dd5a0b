using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Whose memory a list-taking memory call is about: so far the caller's own only.</summary>
internal static class MmuForeign
{
    private const int TablesShift = 16;

    /// <summary>The last argument: the owner of pages below, of page tables (plus one, or zero) above. EPERM: somebody else.</summary>
    internal static Result Check(in Vcpu caller, ulong argument)
    {
        uint who = unchecked((uint)argument);
        uint tables = who >> TablesShift;
        return IsSelf(in caller, (ushort)(who & ushort.MaxValue)) && (tables == 0 || IsSelf(in caller, (ushort)(tables - 1))) ? Result.Success : Errno.Perm;
    }

    private static bool IsSelf(in Vcpu caller, ushort id) => id == (ushort)ReservedDomain.Self || id == caller.Id.Domain.Value;
}
