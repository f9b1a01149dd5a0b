using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>What two interfaces have in common that take CPUs down and bring them up.</summary>
internal static class CpuPlugging
{
    /// <summary>Takes a CPU down or brings it up, and waits for it by making the call again.</summary>
    /// <param name="cpu">One that exists.</param>
    /// <param name="isUp">True: it is to take part.</param>
    /// <param name="whenSo">What is answered when it did so, or not, before.</param>
    internal static Answer Change(uint cpu, bool isUp, Errno whenSo)
    {
        Result changed = CpuPlug.Ask(new CpuId((int)cpu), isUp);
        return changed.Error == Errno.Again ? Answer.Again : changed.Error == Errno.Exist ? whenSo : changed;
    }
}
