using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>The control: Debian's real Xen 4.17 in our place. What fails here is the lab's fault, not ours.</summary>
public sealed class ReferenceTests
{
    [Fact, Trait(Tier.Name, Tier.All)]
    public async Task The_reference_boots_a_debian_kernel_as_dom0()
    {
        await using QemuMachine machine = QemuMachine.Boot("--reference");
        await machine.WaitFor("Xen version 4.17");
        await machine.WaitFor("Brought up 2 CPUs");
        await machine.WaitFor("dom0 is up on xen 4.17");
        await machine.Type("poweroff -f\r");
        await machine.WaitForEnd();
    }
}
