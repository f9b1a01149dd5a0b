using System;

namespace Sharpen.Hypervisor.Boot.Options;

/// <summary>Every option that the hypervisor knows: the parser finds names here, and docs/command-line.md is written from it.</summary>
public static class OptionTable
{
    /// <summary>The row of an option.</summary>
    public static OptionRow Row(OptionId id) => id switch
    {
        OptionId.Acpi => new(
            "acpi"u8, "<boolean>"u8, "true"u8,
            "Whether to read the firmware's ACPI tables. Without them there is one CPU, timers are found by trying, and the host cannot be switched off."u8),
        OptionId.Clocksource => new(
            "clocksource"u8, "hpet | acpi | pit"u8, "the best that is there"u8,
            "The timer by which the CPU's own counter is measured at boot. One that is not there is reported, and the best of the others used."u8),
        OptionId.Com1 => new(
            "com1"u8, "<baud>[/<base-hz>][,<framing>[,<io-base>]] | auto"u8, "115200,8n1,0x3f8"u8,
            "How the first serial port is set up. `auto` leaves the speed as the firmware set it. Only the framing `8n1` is supported."u8),
        OptionId.Console => new(
            "console"u8, "com1 | none"u8, "com1"u8,
            "Where the hypervisor's messages go, besides the ring that `xl dmesg` reads. Other consoles of a list are reported and ignored."u8),
        OptionId.ConsoleToRing => new(
            "console_to_ring"u8, "<boolean>"u8, "false"u8,
            "Whether the ring that `xl dmesg` reads also has what dom0 writes to the console."u8),
        OptionId.Conswitch => new(
            "conswitch"u8, "<letter>[x]"u8, "a"u8,
            "The letter that, with Ctrl and pressed three times, moves serial input between dom0 and the hypervisor. With `x` after it input starts at the hypervisor; without a dom0 all of it is the hypervisor's."u8),
        OptionId.Dom0MaxVcpus => new(
            "dom0_max_vcpus"u8, "<number>"u8, "one for each CPU"u8,
            "How many vCPUs the control domain gets."u8),
        OptionId.Dom0Mem => new(
            "dom0_mem"u8, "[min:<amount>,][max:<amount>,]<amount>"u8, "all but a sixteenth, of which at most 128M stays free"u8,
            "How much memory the control domain starts with, at least, at most; it can never have more than `max:`. An amount is a size, a size with `-` before it for all but so much, a share as `25%`, or both as `1G+10%`."u8),
        OptionId.Dom0VcpusPin => new(
            "dom0_vcpus_pin"u8, "<boolean>"u8, "false"u8,
            "Whether each vCPU of the control domain runs only on the CPU of its own number."u8),
        OptionId.GnttabMaxFrames => new(
            "gnttab_max_frames"u8, "<number>"u8, "64"u8,
            "The most pages of grants that a domain may give, 512 grants each, from 1 to 4095."u8),
        OptionId.GnttabMaxMaptrackFrames => new(
            "gnttab_max_maptrack_frames"u8, "<number>"u8, "1024"u8,
            "How many grants of others a domain may have mapped, in units of 256, from 1 to 4095."u8),
        OptionId.GuestLoglvl => new(
            "guest_loglvl"u8, "<level>[/<level>]"u8, "warning"u8,
            "Which messages that guests cause are printed: none, error, warning, info, debug or all. They are always limited in rate; a second level is accepted and ignored."u8),
        OptionId.Loglvl => new(
            "loglvl"u8, "<level>[/<level>]"u8, "info"u8,
            "Which messages of the hypervisor itself are printed: none, error, warning, info, debug or all. A second level is accepted and ignored."u8),
        OptionId.Maxcpus => new(
            "maxcpus"u8, "<number>"u8, "all"u8,
            "The most CPUs that are used, from 1 to 4095."u8),
        OptionId.Mem => new(
            "mem"u8, "<size>"u8, "all"u8,
            "The most memory that is used; the lowest is kept."u8),
        OptionId.Noreboot => new(
            "noreboot"u8, "<boolean>"u8, "false"u8,
            "Halt after a panic instead of restarting the host."u8),
        OptionId.Nosmp => new(
            "nosmp"u8, "<boolean>"u8, "false"u8,
            "Use one CPU only, as `maxcpus=1`."u8),
        OptionId.Reboot => new(
            "reboot"u8, "acpi | kbd | pci | triple | no"u8, "acpi, then the others"u8,
            "How the host is restarted; if that fails the other ways are tried. The first letter is enough. `no` halts it instead. `power`, `efi`, `warm` and `cold` are not supported."u8),
        OptionId.Sched => new(
            "sched"u8, "credit2 | null"u8, "credit2"u8,
            "The scheduler. `credit2` shares CPUs by weight; `null` gives each vCPU a CPU of its own."u8),
        OptionId.SpecCtrl => new(
            "spec-ctrl"u8, "no | [pv=<boolean>,][rsb=<boolean>]"u8, "where the CPU needs it"u8,
            "Protection against what guests make CPUs predict: `rsb`, and `pv`, which is the same here, says whether the stack of predicted returns is overwritten on the way in from a guest, as is done on CPUs without SMEP unless said otherwise. `no` switches it off. Other words of Xen's are reported and ignored; docs/safety.md says what there is no protection against."u8),
        OptionId.SyncConsole => new(
            "sync_console"u8, "<boolean>"u8, "false"u8,
            "Wait until the serial port has taken each message. Slow; for finding what the last words of a host were."u8),
        OptionId.X2Apic => new(
            "x2apic"u8, "<boolean>"u8, "true"u8,
            "Whether to use the interrupt controllers' x2APIC mode where the CPUs have it."u8),
        _ => default,
    };

    /// <summary>The option of a name, or <see cref="OptionId.Count"/>.</summary>
    public static OptionId Find(ReadOnlySpan<byte> name)
    {
        OptionId id = 0;
        while (id < OptionId.Count && !Row(id).Name.SequenceEqual(name))
        {
            id++;
        }

        return id;
    }

    /// <summary>The option whose name is at most two slips of the finger away, or <see cref="OptionId.Count"/>.</summary>
    public static OptionId FindSimilar(ReadOnlySpan<byte> name)
    {
        OptionId best = OptionId.Count;
        int bestDistance = Math.Min(3, name.Length);
        for (OptionId id = 0; id < OptionId.Count; id++)
        {
            int distance = Spelling.Distance(name, Row(id).Name);
            if (distance < bestDistance)
            {
                best = id;
                bestDistance = distance;
            }
        }

        return best;
    }
}
