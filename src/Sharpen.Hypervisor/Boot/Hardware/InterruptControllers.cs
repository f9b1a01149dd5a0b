using Sharpen.Hypervisor.Acpi;
using Sharpen.Hypervisor.Boot.Options;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Interrupts;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Boot.Hardware;

/// <summary>Takes the interrupt controllers over from the firmware: everything masked but the console's input.</summary>
public static class InterruptControllers
{
    private const ulong DefaultLocalApic = 0xfee00000;

    /// <summary>The first number that the eight bits of xAPIC mode do not hold; 255 there means every CPU.</summary>
    private const uint EightBits = 0xff;

    /// <summary>The local controllers and the legacy ones; before any CPU needs its number.</summary>
    public static void TakeLocal(bool allowX2Apic)
    {
        LegacyPic.Silence();
        ulong address = Firmware.Facts.LocalApic.Value;
        LocalApic.Choose(new MachineAddress(address != 0 ? address : DefaultLocalApic), allowX2Apic);
    }

    /// <summary>The I/O controllers. False when none of them reaches the serial port: then it takes no input, and each line is waited for.</summary>
    public static bool TakeSerial()
    {
        ref AcpiFacts facts = ref Firmware.Facts;
        AcpiOverride serial = facts.IsaInterrupt(CommandLine.Options.Serial.IsaInterrupt);
        foreach (AcpiIoApic entry in facts.IoApics)
        {
            IoApic controller = IoApic.Open(entry.Address, entry.FirstInterrupt);
            if (!controller.Answers)
            {
                Log.Warning($"I/O APIC {entry.Id} at {entry.Address} does not answer: ignored");
                continue;
            }

            Log.Debug($"I/O APIC {entry.Id}: {controller.Pins} interrupts from {entry.FirstInterrupt}");
            InterruptLines.Add(controller, entry.Address.Value, entry.FirstInterrupt);
        }

        foreach (AcpiOverride wire in facts.Overrides)
        {
            InterruptLines.Assume(wire.GlobalInterrupt, wire.IsLevel, wire.IsActiveLow);
        }

        bool isReached = serial.GlobalInterrupt < InterruptLines.MostPins
            && InterruptLines.TryTakeOwn((int)serial.GlobalInterrupt, Vector.Serial, serial.IsLevel, serial.IsActiveLow);
        if (isReached)
        {
            Machine.Io.SerialPort.UseInterrupts(output: false);
        }

        return isReached;
    }

    /// <summary>The other CPUs that the tables name, one after the other. One that never answers is named and left out.</summary>
    /// <param name="limit">The most CPUs to use.</param>
    public static void StartOtherCpus(int limit)
    {
        uint self = LocalApic.Id;
        int next = 1;
        foreach (AcpiCpu cpu in Firmware.Facts.Cpus)
        {
            if (cpu.ApicId == self || next >= limit)
            {
                continue;
            }

            if (cpu.ApicId >= EightBits && !LocalApic.IsX2Apic)
            {
                Log.Warning($"CPU with APIC id {cpu.ApicId} cannot be reached without x2APIC mode; going on without it");
                continue;
            }

            if (Machine.Smp.Processors.Start(new CpuId(next), cpu.ApicId).Try(out Abi.Errno error))
            {
                next++;
            }
            else
            {
                Log.Warning($"CPU with APIC id {cpu.ApicId} did not start (error {(int)error}); going on without it");
            }
        }
    }
}
