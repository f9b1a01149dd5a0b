using Sharpen.Abi;
using Sharpen.Hypervisor.Acpi;
using Sharpen.Hypervisor.Boot.Hardware;
using Sharpen.Hypervisor.Boot.Loader;
using Sharpen.Hypervisor.Boot.Options;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Grants;
using Sharpen.Hypervisor.Hypercalls;
using Sharpen.Hypervisor.Interrupts;
using Sharpen.Hypervisor.Power;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Boot;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Diagnostics;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Smp;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Boot;

/// <summary>The order in which the host comes up; each line says what it makes true.</summary>
public static class BringUp
{
    /// <summary>From the stub's hand-over, on the boot stack, to the boot CPU's own stack.</summary>
    public static void Early()
    {
        HostConsole.Initialise();                       // after this: lines come out
        Processors.CatchFaults();                       // after this: a bug prints where it is
        Banner.Print();
        if (!BootLoader.Read(BootRecord.Magic, BootRecord.Information))
        {
            Fatal.Stop("The boot loader handed over nothing that Multiboot 1 or 2 describes");
        }

        ReadOptions();                                  // after this: what the operator wants is known
        ref HostOptions options = ref CommandLine.Options;
        ulong limit = options.MemoryLimit == 0 ? ulong.MaxValue : options.MemoryLimit;
        if (!HostMemory.Initialise(limit))              // after this: frames can be allocated
        {
            Fatal.Stop("Cannot go on without memory");
        }

        if (!DomainList.Initialise().Try(out Errno _))  // after this: there can be domains
        {
            Fatal.Stop("Not enough memory for the lists of domains and vCPUs");
        }

        if (!options.IgnoresAcpi)
        {
            Firmware.Read(BootLoader.Information.Rsdp); // after this: CPUs, timers, interrupt controllers are known
        }

        EfiFirmware.Read(BootLoader.Information.EfiSystemTable, BootLoader.Information.EfiRanges);
        PublishedMap.Publish();                         // after this: the control domain's memory map is known
        InterruptControllers.TakeLocal(!options.AvoidsX2Apic);
        Dispatcher.Initialise(options.Scheduler, RateLimit);
        InterruptLines.Reserve();
        HostCpus.Reserve();
        VcpuContextBuffer.Reserve();
        bool isGuarded = Processors.GuardReturns(options.Returns);
        Log.Info($"Speculation: the stack of returns is {(isGuarded ? "overwritten on the way in from guests" : "left as guests leave it")}");
        if (!Processors.PrepareBootCpu().Try(out Errno _))
        {
            Fatal.Stop("Not enough memory for the boot CPU's stacks");
        }

        Processors.EnterOwnArea();
    }

    /// <summary>The boot CPU on its own stack: the rest, up to the first guest.</summary>
    public static NextStep Main()
    {
        Quiescence.Join();                              // after this: what this CPU refers to is not reused
        Processors.InitialiseThisCpu();
        HostCpus.Join();
        Processors.UseOwnStacks();                      // after this: even a broken stack is reported
        Timers.Calibrate(CommandLine.Options.Clock);    // after this: time passes
        WallClock.Initialise();                         // after this: the time of day is known
        Dispatcher.Online();                            // after this: this CPU can run guests
        if (InterruptControllers.TakeSerial() && !CommandLine.Options.IsSynchronous)
        {
            HostConsole.GoAsynchronous();               // after this: keys are heard, and lines do not wait
        }

        StartOtherCpus();                               // after this: every CPU that answers runs
        Processors.EndStarting();                       // after this: no more CPUs; nothing is both writable and executable, and null faults
        Log.Info($"Brought up {Processors.Online.Count} CPUs");
        Milestones.ReadyToBuild();
        GuestModules.Start();                           // after this: guests run as soon as this CPU leaves
        ConsoleSetup.GiveInput(in CommandLine.Options); // after this: dom0 is typed to, if there is one
        return Entry.Leave();
    }

    private static Duration RateLimit => Duration.FromMicroseconds(1000);

    private static void ReadOptions()
    {
        ref BootInformation boot = ref BootLoader.Information;
        if (boot.Lost != 0)
        {
            Log.Warning($"boot loader: {boot.Lost} entries too many or without sense, ignored");
        }

        Log.Info($"Command line: {boot.Arguments(boot.CommandLine)}");
        HostLine.Keep(boot.Arguments(boot.CommandLine));
        CommandLine.Read(boot.Arguments(boot.CommandLine), ref CommandLine.Options);
        ConsoleSetup.Apply(in CommandLine.Options);
        HostPower.SetHalts(CommandLine.Options.HaltsOnPanic);
        HostPower.SetWay(CommandLine.Options.Restart);
        GrantLimits.Set((int)CommandLine.Options.GrantFrames, (int)CommandLine.Options.GrantMapFrames);
    }

    private static void StartOtherCpus()
    {
        if (HostMemory.TrampolinePage.IsInvalid)
        {
            Log.Warning($"No free page below 1 MiB: other CPUs cannot be started");
            return;
        }

        uint limit = CommandLine.Options.MaxCpus;
        Processors.PlaceTrampoline(HostMemory.TrampolinePage);
        InterruptControllers.StartOtherCpus(limit is 0 or > CpuId.Limit - 1 ? CpuId.Limit - 1 : (int)limit);
    }

    /// <summary>Another CPU on its own stack.</summary>
    public static NextStep OtherCpu()
    {
        Quiescence.Join();                              // while the CPU that starts us still waits, so one at a time
        Processors.InitialiseThisCpu();
        HostCpus.Join();
        Dispatcher.Online();
        return Entry.Leave();
    }
}
