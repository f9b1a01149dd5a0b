using System.Linq;
using Sharpen.Toolstack.Config;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary>Sets of CPUs between the hypervisor's form and the one that is shown.</summary>
public static class Masks
{
    /// <summary>A set as it is shown.</summary>
    /// <param name="count">How many the host has.</param>
    public static CpuMask Of(CpuSet set, int count)
    {
        var mask = new CpuMask(count);
        foreach (int member in set.Members.Where(member => member < count))
        {
            mask[member] = true;
        }

        return mask;
    }

    /// <summary>A set as the hypervisor takes it.</summary>
    public static CpuSet Of(CpuMask mask) => CpuSet.Of(mask.Members());
}
