using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Sharpen.Hypervisor.Boot.Loader;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Simulation;
using Sharpen.Unit.Acpi;
using Sharpen.Unit.Boot.Loader;

namespace Sharpen.Unit.Boot;

/// <summary>A host as firmware and boot loader leave it: a healthy PC with two CPUs unless the test spoils something before the start.</summary>
internal sealed class HostWorld : IDisposable
{
    private const ulong Information = 0x9000;

    public HostWorld(SimulatedMachine? machine = null)
    {
        Machine = machine ?? new SimulatedMachine();
        Machine.Bind();
        Acpi = new AcpiImage(Machine);
    }

    public SimulatedMachine Machine { get; }

    /// <summary>For tables beyond the usual ones.</summary>
    public AcpiImage Acpi { get; }

    /// <summary>The memory map: start, bytes, kind; no map at all when it is empty.</summary>
    public List<(ulong Start, ulong Bytes, uint Kind)> Map { get; } =
        [(0, 0x9fc00, 1), (0x9fc00, 0x400, 2), (0xf0000, 0x10000, 2), (0x100000, 0x7e00000, 1), (0x7f00000, 0x100000, 3)];

    public string CommandLine { get; set; } = "";

    /// <summary>More tags: modules, spoilt maps.</summary>
    public List<(uint Type, byte[] Body)> Tags { get; } = [];

    /// <summary>Entries of the table of CPUs; no table when null.</summary>
    public List<byte[]>? Cpus { get; set; } = [AcpiImage.LocalApic(0, 0), AcpiImage.LocalApic(1, 1), IoApic(0xfec00000, 0)];

    public bool HasHpet { get; set; } = true;

    public bool HasPmTimer { get; set; } = true;

    /// <summary>Spoils the copy of the root pointer that the loader passes on.</summary>
    public Func<byte[], byte[]> RootPointer { get; set; } = pointer => pointer;

    /// <summary>What came out of the serial port, as lines.</summary>
    public string[] Lines => Machine.SerialText.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What the console kept, as lines: the same, whatever the port did.</summary>
    public static string[] Kept
    {
        get
        {
            byte[] text = new byte[ConsoleRing.Capacity];
            uint position = 0;
            return Encoding.ASCII.GetString(text, 0, HostConsole.Read(ref position, text)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    public static byte[] IoApic(uint address, uint firstInterrupt) => new BytesBuilder().U8(1, 12, 0, 0).U32(address, firstInterrupt).ToArray();

    /// <summary>Brings the host up. False when it stopped.</summary>
    public bool Start()
    {
        Machine.BootMagic = Multiboot2.Magic;
        Machine.BootInformation = new MachineAddress(Information);
        if (Map.Count != 0)
        {
            Tags.Add(LoaderImage.Map([.. Map]));
        }

        Machine.Firmware.Add((Information, LoaderImage.Multiboot2([LoaderImage.CommandLine(CommandLine), .. Tags, LoaderImage.Rsdp(RootPointer(Tables()))])));
        return BringUpRun.Start(Machine);
    }

    /// <summary>The one line that contains a text.</summary>
    public string Line(string text) => Lines.Single(line => line.Contains(text, StringComparison.Ordinal));

    public void Dispose() => Machine.Dispose();

    private byte[] Tables()
    {
        if (Cpus != null)
        {
            Acpi.Add("APIC", AcpiImage.Madt([.. Cpus]));
        }

        if (HasHpet)
        {
            Acpi.Add("HPET", FirmwareTests.Hpet(0xfed00000));
        }

        if (HasPmTimer)
        {
            Acpi.Add("FACP", FirmwareTests.Fadt(0));
        }

        return Acpi.Finish();
    }
}
