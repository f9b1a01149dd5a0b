using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>Stock Debian as dom0 on other machines, with devices, under load, and to its end.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class Dom0MachineTests
{
    private const string Fast = " --kernel unpacked";

    /// <summary>The file system of EFI's variables, which the lab's dom0 does not bring along.</summary>
    private static string EfiVariables =>
        Directory.GetFiles(Path.Combine(Repository.Root, "out/dom0/kernel/lib/modules"), "efivarfs.ko", SearchOption.AllDirectories).Single();

    [Theory]
    [InlineData("--smp 1", 1)]
    [InlineData("--smp 16", 16)]
    [InlineData("--smp 2 --mem 1G", 2)]
    [InlineData("--smp 2 --mem 8G", 2)]
    [InlineData("--smp 2 --machine q35", 2)]
    [InlineData("--smp 2 --iso mb2", 2)]
    [InlineData("--smp 2 --machine q35 --iso mb2 --hypervisor out/sharpen.gz", 2)]
    [InlineData("--smp 2 --cpu max,smap=off,smep=off,la57=off", 2)]
    [InlineData("--smp 2 --cpu max,la57=off", 2)]
    public async Task Every_machine_boots_dom0(string options, int processors)
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            options + (options.Contains("iso", StringComparison.Ordinal) ? "" : Fast),
            "echo == nproc; nproc; echo == warnings; dmesg -l emerg,alert,crit,err,warn; echo == end; xl list");
        run.AssertWell();
        Assert.Equal([$"{processors}"], run.Section("nproc"));
        Assert.Empty(Dom0Run.Unexpected(run.Section("warnings")));
    }

    /// <summary>Without EFI's list of tables dom0 would find no ACPI there: one CPU, no interrupts of devices.</summary>
    [Theory]
    [InlineData("--smp 2 --machine q35 --iso efi")]
    [InlineData("--smp 2 --iso efi")]
    public async Task Uefi_firmware_boots_dom0(string options)
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            $"{options} --add {EfiVariables}:/efivarfs.ko",
            "echo == nproc; nproc; echo == efi; dmesg | grep -i 'efi: \\|ACPI: RSDP'; echo == interrupts; cat /proc/interrupts; echo == variables; "
            + "insmod /efivarfs.ko; mount -t efivarfs none /sys/firmware/efi/efivars; cd /sys/firmware/efi/efivars; ls | grep -c .; "
            + "n=Sharpen-12345678-1234-1234-1234-123456789abc; printf '\\007\\000\\000\\000seen' > $n; cat $n | tail -c 4; echo; chattr -i $n; rm $n; ls $n; echo == end; xl list");
        run.AssertWell();
        Assert.Equal(["2"], run.Section("nproc"));
        Assert.Contains(run.Section("efi"), line => line.Contains("ACPI 2.0=", StringComparison.Ordinal));
        Assert.Contains(run.Section("efi"), line => line.Contains("ACPI: RSDP 0x", StringComparison.Ordinal));
        Assert.Contains(run.Section("interrupts"), line => line.Contains("ioapic-level  acpi", StringComparison.Ordinal));
        string[] variables = [.. run.Section("variables")];
        Assert.True(int.Parse(variables[0], CultureInfo.InvariantCulture) > 5, string.Join('\n', variables));
        Assert.Contains("seen", variables);
        Assert.Contains(variables, line => line.Contains("No such file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cpus_go_and_come_under_load()
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            "--smp 4" + Fast,
            "cd /sys/devices/system/xen_cpu; for j in 1 2 3 4; do while :; do /bin/true; done & done; echo == down; "
            + "for round in 1 2 3; do for c in 1 2 3; do echo 0 > xen_cpu$c/online; done; xl info | awk '/nr_cpus/{print $3}'; "
            + "for c in 3 1 2; do echo 1 > xen_cpu$c/online; done; done; kill $(jobs -p); "
            + "echo == up; cat xen_cpu*/online; echo == end; xl list");
        run.AssertWell();
        Assert.Equal(["1", "1", "1"], run.Section("down"));
        Assert.All(run.Section("up"), line => Assert.Equal("1", line));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" --reference")]
    [InlineData(" --dom0-cmdline pci=nomsi")]
    public async Task Disk_and_network_work(string options)
    {
        string disk = Path.GetTempFileName();
        await using (FileStream file = File.OpenWrite(disk))
        {
            file.SetLength(64 << 20);
        }

        Dom0Run run = await Dom0Run.ExecAsync(
            $"--smp 2 --net --disk {disk}{Fast}{options}",
            """
            set -e
            mke2fs -q /dev/vda && mkdir /mnt && mount -t ext4 /dev/vda /mnt
            dd if=/dev/urandom of=/mnt/data bs=1M count=16 conv=fsync 2>&1
            sha256sum </mnt/data >/run/before
            umount /mnt && echo 3 >/proc/sys/vm/drop_caches && mount -t ext4 /dev/vda /mnt
            sha256sum </mnt/data | cmp - /run/before
            ping -c 3 10.0.2.2
            echo '== interrupts'; grep virtio /proc/interrupts
            """);
        File.Delete(disk);
        run.AssertWell();
        Assert.Contains("3 packets received", run.Output);
        string kind = options.Contains("nomsi", StringComparison.Ordinal) ? "-ioapic-level" : "-msi-x";
        Assert.Contains(run.Section("interrupts"), line => line.Contains(kind, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--smp 4", "--vm 2 --vm-bytes 64M --fork 2 --mmap 2 --timer 2 --switch 2 --timeout 60")]
    [InlineData("--smp 2 --cpu max,smap=off,smep=off,la57=off", "--vecmath 2 --matrix 2 --vecwide 2 --verify --timeout 20")]
    public async Task Dom0_survives_stress(string options, string stress)
    {
        Dom0Run run = await Dom0Run.ExecAsync(
            options + Fast, $"stress-ng {stress}; status=$?; echo == warnings; dmesg -l emerg,alert,crit,err,warn; echo == end; exit $status");
        run.AssertWell();
        Assert.Empty(Dom0Run.Unexpected(run.Section("warnings")));
    }

    [Theory]
    [InlineData("poweroff", "guest-shutdown")]
    [InlineData("reboot", "guest-reset")]
    public async Task The_machine_ends_as_dom0_wants(string command, string reason)
    {
        await using QemuMachine machine = QemuMachine.Boot("--kernel", "unpacked");
        await machine.WaitFor("dom0 is up on xen 4.17");
        Task<string> shutdown = machine.WaitForShutdown();
        await machine.Type(command + " -f\r");
        Assert.Equal(reason, await shutdown);
    }

    [Fact]
    public async Task A_commands_status_and_its_lines_come_out_unchanged()
    {
        Dom0Run run = await Dom0Run.ExecAsync("--smp 1 --reference" + Fast, "echo 'a  \"b\"  $HOME \\n'; echo error >&2; printf 'no newline'; exit 7");
        Assert.Equal(7, run.Status);
        Assert.Equal("a  \"b\"  $HOME \\n\nerror\nno newline\n", run.Output);
    }
}
