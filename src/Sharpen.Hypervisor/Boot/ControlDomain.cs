using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Boot.Loader;
using Sharpen.Hypervisor.Boot.Options;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Pv.Building;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Boot;

/// <summary>Domain 0: it owns the hardware and controls the others. Its kernel and ramdisk are boot modules.</summary>
internal static class ControlDomain
{
    private const ulong LeastPages = 16UL << (20 - PageSize.Shift);

    /// <summary>Builds and starts it. False: said why.</summary>
    /// <param name="kernelModule">Its kernel; the module's line is the kernel's.</param>
    /// <param name="ramdisk">Its ramdisk, or empty.</param>
    /// <param name="ramdiskPlace">Where the ramdisk lies.</param>
    internal static bool Start(in BootModule kernelModule, ReadOnlySpan<byte> ramdisk, MachineAddress ramdiskPlace)
    {
        DomainId id = new(0);
        ReadOnlySpan<byte> file = ModuleKernel.BytesOf(id, in kernelModule);
        bool isOpen = ModuleKernel.TryOpen(id, file, out ModuleKernel kernel);
        DomainPlan plan = new()
        {
            Id = id,
            Name = "Domain-0"u8,
            Kernel = kernel.Bytes,
            KernelPlace = kernel.IsModule ? kernelModule.Start : default,
            Line = BootLoader.Information.Arguments(kernelModule.CommandLine),
            Ramdisk = ramdisk,
            RamdiskPlace = ramdiskPlace,
            Weight = 256,
            IsHardware = true,
            IsPrivileged = true,
        };
        bool isStarted = isOpen && Build(ref plan);
        kernel.Dispose();
        return isStarted;
    }

    private static bool Build(scoped ref DomainPlan plan)
    {
        ref HostOptions options = ref CommandLine.Options;
        ref BootInformation boot = ref BootLoader.Information;
        ulong free = FrameAllocator.Statistics.FreeFrames;
        plan.HasScreen = DomainScreen.TryDescribe(boot.Screen, boot.EfiSystemTable.Value != 0, out plan.Screen);
        plan.Pages = options.Dom0Memory.Pages(free);
        plan.MostPages = options.Dom0Memory.Limit(free);
        plan.Vcpus = Vcpus(in options);
        if (options.Dom0Memory.IsBeyond(free))
        {
            Log.Warning($"dom0_mem asks for {options.Dom0Memory.Initial.Bytes >> 20}MB, but {free >> 8}MB are free: domain 0 gets {plan.Pages >> 8}MB");
        }

        if (plan.Pages < LeastPages)
        {
            Log.Error($"d0: {plan.Pages >> 8}MB of {free >> 8}MB free memory are too little for a control domain: the host needs more memory, or dom0_mem asks for too little");
            return false;
        }

        if (!DomainBuilder.Build(in plan).Try(out Errno error))
        {
            Log.Error($"d0: cannot be built: {GuestModules.Reason(error)} ({plan.Pages >> 8}MB, kernel of {plan.Kernel.Length >> 20}MB, ramdisk of {plan.Ramdisk.Length >> 20}MB)");
            Log.Error($"d0: {Remedy(error)}");
            return false;
        }

        if (options.PinsDom0)
        {
            Pin(ref DomainList.Find(plan.Id), plan.Vcpus);
        }

        return true;
    }

    private static string Remedy(Errno error) => error switch
    {
        Errno.NoMem => "give it more by dom0_mem=, or, if that is nearly all of the host's, less",
        Errno.TooBig => "dom0_mem=max: is less than what it starts with",
        _ => "the first boot module must be a Linux kernel that can be Xen's dom0; if it is, copy it anew",
    };

    // With more vCPUs than CPUs it begins again at the first.
    private static void Pin(ref Domain domain, int vcpus)
    {
        CpuMask online = Processors.Online;
        int next = 0;
        for (int index = 0; index < vcpus; index++)
        {
            if (!online.TryNext(next, out CpuId cpu))
            {
                _ = online.TryNext(0, out cpu);
            }

            CpuMask one = default;
            one.Add(cpu);
            VcpuGlue.SetAffinity(ref DomainList.VcpuOf(ref domain, index), in one);
            next = cpu.Value + 1;
        }
    }

    private static int Vcpus(in HostOptions options)
    {
        int most = options.Dom0Vcpus == 0 ? Processors.Online.Count : (int)options.Dom0Vcpus;
        return Math.Min(most, Domain.MaxVcpus);
    }
}
