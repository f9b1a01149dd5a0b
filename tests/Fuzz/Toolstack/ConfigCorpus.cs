using System.Collections.Generic;
using System.Linq;
using Sharpen.Toolstack.Config;

namespace Sharpen.Fuzz.Toolstack;

/// <summary>What people write into files for the toolstack, and the words of those languages.</summary>
internal static class ConfigCorpus
{
    /// <summary>A guest with some of everything.</summary>
    internal const string Guest = """
        # a comment
        name = "web"; kernel = '/boot/vmlinuz'
        ramdisk = "/boot/initrd.img"
        uuid = "01234567-89ab-cdef-0123-456789abcdef"
        memory = 512
        maxmem = "1024"
        vcpus = 4
        maxvcpus = 0x8
        cpus = ["0-3,^2", "nodes:1"]
        cpus_soft = "all,^node:0"
        disk = [ 'file:/srv/a.img,xvda,w', 'format=raw, vdev=hdc, access=ro, devtype=cdrom, target=/b,c',
                 "phy:/dev/vg/lv,sdb1,r", ]
        vif = [ 'mac=00:16:3e:01:02:03,bridge=br0,rate=10Mb/s@20ms', '' ]
        on_crash = "coredump-destroy"
        on_reboot = 'preserve'
        root = "/dev/xvda1 ro"
        extra = "quiet \x41\102\n"
        extra += " console=hvc0"
        tsc_mode = "native"
        domid = 7
        cpu_weight = 512
        cap = 150
        max_grant_frames = 64
        rtc_timeoffset = -3600
        bootloader = "pygrub"
        bootloader_args = [ "--kernel=/vmlinuz", "-q" ]
        nomigrate = 1
        pool = "Pool-0"
        """;

    /// <summary>xl.conf.</summary>
    internal const string Defaults = """
        ## Global XL config file ##
        autoballoon="auto"
        run_hotplug_scripts=1
        lockfile="/var/lock/xl"
        vif.default.script="vif-bridge"
        vif.default.bridge="xenbr0"
        vif.default.backend="0"
        vif.default.gatewaydev="eth0"
        max_grant_frames=64
        max_maptrack_frames=0x400
        max_grant_version=2
        blkdev_start="xvda"
        domid_policy="random"
        claim_mode=1
        vm.cpumask="0-3,^2"
        vm.pv.cpumask="nodes:0"
        output_format="json"
        """;

    /// <summary>A CPU pool.</summary>
    internal const string Pool = """
        name = "fast"
        sched = "credit2"
        cpus = ["0-3", "^2"]
        """;

    /// <summary>/etc/default/xendomains.</summary>
    internal const string Xendomains = """
        # comment
        XENDOMAINS_AUTO=/etc/xen/auto
        XENDOMAINS_AUTO_ONLY="false"
        XENDOMAINS_STOP_MAXWAIT='300'
        XENDOMAINS_CREATE_USLEEP=5000000 # between
        """;

    /// <summary>What a boot loader says.</summary>
    internal const string BootChoice = "kernel /run/xen/kernel.1\0ramdisk /run/xen/ramdisk.1\0args root=/dev/xvda1 ro\0";

    internal static readonly string[] Disks =
    [
        "/dev/vg/guest,raw,xvda,rw", "format=qcow2, vdev=hdc, access=ro, devtype=cdrom, target=/srv/a,b.iso", "tap:aio:/srv/a.img,sda1,w", "phy:/dev/loop0,xvdzz,r",
        ",,hdc:cdrom,r", "backendtype=qdisk,discard,direct-io-safe,vdev=d2p3,script=block-nbd,backend=dom1,target=x", "iscsi:iqn.2001-05.com:x,xvdb,w!",
        "vdev=0x10000,untrusted,no-discard,specification=xen,target=nbd:host:1",
    ];

    internal static readonly string[] Cards =
    [
        "mac=00:16:3e:01:02:03,bridge=br0,rate=10Mb/s@20ms", "", "type=vif,model=e1000,vifname=x,script=vif-route,ip=10.0.0.1 10.0.0.2,backend=1",
        "gatewaydev=eth0,devid=3,mtu=1500,trusted", "rate=250KB/s,untrusted,netdev=eth1",
    ];

    internal static readonly string[] Channels = ["name=org.example.a,connection=pty", " connection = socket , path = /run/a , name = b "];

    internal static readonly string[] Screens = ["", "vnc=1,vnclisten=0.0.0.0:7,vncunused=0,vncpasswd=secret,keymap=de", "vncdisplay=3,sdl=0,vnclisten=[::1]"];

    internal static readonly string[] CpuLists = ["0-3,^2", "nodes:0-3,^node:2", "all,^7", "^5,1", "node:^1", "all"];

    /// <summary>Keys, prefixes and signs.</summary>
    internal static readonly IReadOnlyList<string> Words =
    [
        .. KnownKeys.All.Select(static key => key + "="), "[", "]", "[[", "+=", "=", ",", "'", "\"", "\\", "\\x", "\\777", "\n", ";", "#", "True", "file:", "phy:", "tap:aio:", "target=", "vdev=",
        "format=", "access=", "devtype=", "backendtype=", "script=", "xvda", "hda", "sd", "d0p0", "cdrom", "mac=", "bridge=", "rate=", "connection=", "path=/", "vncdisplay=", "vnclisten=", "Gb/s", "KB/s@", "us", "nodes:", "^", "all", "-",
        "XENDOMAINS_STOP_MAXWAIT=", "kernel ", "ramdisk ", "args ", "vif.default.", "vm.pv.cpumask=",
    ];
}
