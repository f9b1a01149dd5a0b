using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>One boot of stock Debian as dom0 on four CPUs, with its packaged kernel: all that <see cref="Dom0Facts"/> looks at.</summary>
public class Dom0Boot : IAsyncLifetime
{
    private const string Command = """
        for file in type version/major version/minor properties/capabilities properties/virtual_start guest_type; do
            echo "== $file"; cat /sys/hypervisor/$file
        done
        echo '== uname'; uname -a
        echo '== nproc'; nproc
        echo '== interrupts'; cat /proc/interrupts
        echo '== warnings'; dmesg -l emerg,alert,crit,err,warn
        echo '== screen'; dmesg | grep 'Console: '
        echo '== clock'; cat /sys/devices/system/clocksource/clocksource0/current_clocksource
        echo '== xl info'; xl info
        echo '== xl list'; xl list
        echo '== xl vcpu-list'; xl vcpu-list
        echo '== xl dmesg'; xl dmesg
        echo '== xenstore-ls'; xenstore-ls
        echo '== xen-cpuid'; xen-cpuid
        echo '== end'
        """;

    private readonly string _options;

    public Dom0Boot()
        : this("--smp 4")
    {
    }

    protected Dom0Boot(string options) => _options = options;

    public Dom0Run Run { get; private set; } = null!;

    public async Task InitializeAsync() => Run = await Dom0Run.ExecAsync(_options, Command);

    public Task DisposeAsync() => Task.CompletedTask;
}
