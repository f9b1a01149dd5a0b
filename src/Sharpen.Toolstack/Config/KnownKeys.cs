using System;
using System.Collections.Generic;

namespace Sharpen.Toolstack.Config;

/// <summary>Every key of a domain's configuration, and how it stands. Source: xl.cfg(5) of 4.17.</summary>
public static class KnownKeys
{
    private const string Obeyed = """
        bootloader bootloader_args builder cap claim_mode cmdline cpu_weight cpus cpus_soft disk domid driver_domain extra kernel
        max_event_channels max_grant_frames max_grant_version max_maptrack_frames maxmem maxvcpus memory name nomigrate
        on_crash on_poweroff on_reboot on_soft_reset on_watchdog pool ramdisk root seclabel tsc_mode type uuid vcpus vif
        channel vfb vnc vncdisplay vnclisten vncpasswd vncunused sdl keymap
        init_seclabel localtime rtc_timeoffset e820_host xend_suspend_evtchn_compat
        """;

    private const string OtherGuests = """
        acpi acpi_firmware acpi_laptop_slate acpi_s3 acpi_s4 altp2m altp2mhvm apic bios bios_path_override boot device_model_args
        device_model_args_hvm device_model_args_pv device_model_override device_model_stubdomain_override
        device_model_stubdomain_seclabel device_model_user device_model_version device_tree dm_restrict firmware_override gfx_passthru
        gic_version hap hdtype hpet hvm_firmware mca_caps mmio_hole ms_vm_genid nestedhvm nographic nx oos opengl pae
        rdm rdm_mem_boundary serial shadow_memory smbios_firmware soundhw spice spice_clipboard_sharing spice_image_compression
        spice_streaming_video spiceagent_mouse spicedisable_ticketing spicehost spicepasswd spiceport spicetls_port
        spiceusbredirection spicevdagent stdvga stubdomain_cmdline stubdomain_kernel stubdomain_memory stubdomain_ramdisk
        system_firmware tee timer_mode timeoffset usb usbdevice usbversion vga videoram viridian vkb_device vmtrace_buf_kb
        vpt_align vuart xen_platform_pci nested_hvm passthrough msr_relaxed vpmu
        pvshim pvshim_path pvshim_cmdline pvshim_extra pci_msitranslate pci_permissive pci_power_mgmt pci_seize
        """;

    private const string Missing = """
        cpuid dtdev firmware iomem ioports irqs p9 pci pvcalls usbctrl usbdev vdispl vendor_device vkb vnuma vsnd vtpm
        """;

    private static readonly Dictionary<string, string> s_retired = new(StringComparer.Ordinal)
    {
        ["vif_other_config"] = "it has no effect",
        ["device_model"] = "write device_model_override",
        ["blkif"] = "write driver_domain",
        ["netif"] = "write driver_domain",
        ["tpmif"] = "write driver_domain",
        ["vncviewer"] = "pass -V to 'xl create'",
        ["on_xend_start"] = "use xendomains",
        ["on_xend_stop"] = "use xendomains",
    };

    private static readonly Dictionary<string, KeyStanding> s_standings = Collect();

    /// <summary>All keys that are not retired.</summary>
    public static IEnumerable<string> All => s_standings.Keys;

    /// <summary>How a key stands.</summary>
    /// <returns>False for a key that nobody knows.</returns>
    public static bool TryFind(string key, out KeyStanding standing)
    {
        if (s_retired.ContainsKey(key))
        {
            standing = KeyStanding.Retired;
            return true;
        }

        return s_standings.TryGetValue(key, out standing);
    }

    /// <summary>What to write instead of a retired key.</summary>
    public static string SuccessorOf(string key) => s_retired[key];

    private static Dictionary<string, KeyStanding> Collect()
    {
        var standings = new Dictionary<string, KeyStanding>(160, StringComparer.Ordinal);
        Add(standings, Obeyed, KeyStanding.Obeyed);
        Add(standings, OtherGuests, KeyStanding.OtherGuests);
        Add(standings, Missing, KeyStanding.Missing);
        return standings;
    }

    private static void Add(Dictionary<string, KeyStanding> standings, string keys, KeyStanding standing)
    {
        foreach (var range in keys.AsSpan().SplitAny(' ', '\n'))
        {
            if (range.End.Value > range.Start.Value)
            {
                standings[keys[range]] = standing;
            }
        }
    }
}
