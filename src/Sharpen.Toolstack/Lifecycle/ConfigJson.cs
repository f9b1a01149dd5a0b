using System;
using Sharpen.Toolstack.Config;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>A configuration as libxl's JSON: what <c>xl list -l</c> shows, and other tools read. Absent means default.</summary>
public static class ConfigJson
{
    /// <summary>The JSON of a domain.</summary>
    public static byte[] Write(DomainConfig config, Guid uuid, ToolDefaults defaults)
    {
        var json = new JsonText();
        json.WriteStartObject();
        Creation(json, config, uuid, defaults);
        Building(json, config, defaults);
        Disks(json, config);
        Cards(json, config);
        Screens(json, config);
        Channels(json, config);
        Action(json, "on_poweroff", config.OnPoweroff, EventAction.Destroy);
        Action(json, "on_reboot", config.OnReboot, EventAction.Destroy);
        Action(json, "on_watchdog", config.OnWatchdog, EventAction.Destroy);
        Action(json, "on_crash", config.OnCrash, EventAction.Destroy);
        Action(json, "on_soft_reset", config.OnSoftReset, EventAction.Destroy);
        json.WriteEndObject();
        return json.ToBytes();
    }

    private static void Creation(JsonText json, DomainConfig config, Guid uuid, ToolDefaults defaults)
    {
        json.WriteStartObject("c_info");
        json.WriteString("type", "pv");
        json.WriteString("name", config.Name);
        json.WriteNumber("domid", config.Domain ?? uint.MaxValue);
        json.WriteString("uuid", uuid.ToString());
        json.WriteString("run_hotplug_scripts", defaults.RunsHotplugScripts ? "True" : "False");
        json.WriteEndObject();
    }

    private static void Building(JsonText json, DomainConfig config, ToolDefaults defaults)
    {
        json.WriteStartObject("b_info");
        json.WriteNumber("max_vcpus", config.MaximumVcpus);
        json.WriteStartArray("avail_vcpus");
        for (int vcpu = 0; vcpu < config.Vcpus; vcpu++)
        {
            json.WriteNumberValue(vcpu);
        }

        json.WriteEndArray();
        json.WriteNumber("max_memkb", (long)config.MaximumMemory);
        json.WriteNumber("target_memkb", (long)config.Memory);
        json.WriteNumber("video_memkb", 0);
        json.WriteStartObject("sched_params");
        json.WriteString("sched", "credit2");
        json.WriteNumber("weight", config.Weight ?? 256);
        json.WriteNumber("cap", config.Cap ?? 0);
        json.WriteEndObject();
        json.WriteString("claim_mode", defaults.ClaimsMemory ? "True" : "False");
        json.WriteString("kernel", config.Kernel);
        if (config.CommandLine.Length > 0)
        {
            json.WriteString("cmdline", config.CommandLine);
        }

        if (config.Ramdisk.Length > 0)
        {
            json.WriteString("ramdisk", config.Ramdisk);
        }

        Empty(json, "type.pv");
        Empty(json, "arch_arm");
        json.WriteStartObject("arch_x86");
        json.WriteString("msr_relaxed", "False");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Disks(JsonText json, DomainConfig config)
    {
        if (config.Disks.Count == 0)
        {
            return;
        }

        json.WriteStartArray("disks");
        foreach (var disk in config.Disks)
        {
            json.WriteStartObject();
            json.WriteString("pdev_path", disk.Target);
            json.WriteString("vdev", disk.Name);
            json.WriteString("format", disk.Format.ToString().ToLowerInvariant());
            if (!disk.IsReadOnly)
            {
                json.WriteNumber("readwrite", 1);
            }

            if (disk.IsCdrom)
            {
                json.WriteNumber("is_cdrom", 1);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Cards(JsonText json, DomainConfig config)
    {
        if (config.Vifs.Count == 0)
        {
            return;
        }

        json.WriteStartArray("nics");
        for (int i = 0; i < config.Vifs.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("devid", config.Vifs[i].Number ?? i);
            if (config.Vifs[i].Mac is { } mac)
            {
                json.WriteString("mac", mac.ToString());
            }

            json.WriteString("bridge", config.Vifs[i].Bridge);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Screens(JsonText json, DomainConfig config)
    {
        if (config.Screens.Count == 0)
        {
            return;
        }

        json.WriteStartArray("vfbs");
        for (int i = 0; i < config.Screens.Count; i++)
        {
            Screen(json, i, config.Screens[i]);
        }

        json.WriteEndArray();
        json.WriteStartArray("vkbs");
        for (int i = 0; i < config.Screens.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("devid", i);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Screen(JsonText json, int number, ScreenSpec screen)
    {
        json.WriteStartObject();
        json.WriteNumber("devid", number);
        json.WriteStartObject("vnc");
        json.WriteString("enable", screen.IsShown ? "True" : "False");
        json.WriteString("listen", screen.Address);
        if (screen.Password.Length > 0)
        {
            json.WriteString("passwd", screen.Password);
        }

        json.WriteNumber("display", screen.Display);
        json.WriteString("findunused", screen.TakesNext ? "True" : "False");
        json.WriteEndObject();
        Empty(json, "sdl");
        if (screen.Keymap.Length > 0)
        {
            json.WriteString("keymap", screen.Keymap);
        }

        json.WriteEndObject();
    }

    private static void Channels(JsonText json, DomainConfig config)
    {
        if (config.Channels.Count == 0)
        {
            return;
        }

        json.WriteStartArray("channels");
        for (int i = 0; i < config.Channels.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("devid", i + 1);
            json.WriteString("name", config.Channels[i].Name);
            Empty(json, config.Channels[i].IsTerminal ? "connection.pty" : "connection.socket", config.Channels[i].SocketPath);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Action(JsonText json, string name, EventAction action, EventAction absent)
    {
        if (action != absent)
        {
            json.WriteString(name, EventActions.Word(action).Replace('-', '_'));
        }
    }

    private static void Empty(JsonText json, string name, string path = "")
    {
        json.WriteStartObject(name);
        if (path.Length > 0)
        {
            json.WriteString("path", path);
        }

        json.WriteEndObject();
    }
}
