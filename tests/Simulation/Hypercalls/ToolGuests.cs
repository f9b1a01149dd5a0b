using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Xunit;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>Domains that a test makes as a toolstack does.</summary>
internal static class ToolGuests
{
    private const ulong Context = CallerWorld.Scratch + 0x1000;

    /// <summary>A domain with two vCPUs and no memory; its number.</summary>
    public static ushort Create(ToolCalls tools)
    {
        DomctlCreation plan = new() { MostVcpus = 2, HighestPort = 1023, GrantFrames = -1, MapFrames = -1, GrantOptions = 1 };
        Assert.Equal(0, tools.Domctl(DomctlCommand.CreateDomain, 0, plan));
        ushort id = (ushort)CallerWorld.Load<GuestWord>(CallerWorld.Scratch + 8).Value;
        Assert.Equal(0, tools.Domctl(DomctlCommand.SetMaximumVcpus, id, new DomctlMaximumVcpus { Vcpus = 2 }));
        return id;
    }

    /// <summary>Gives such a domain a page table without entries, and its first vCPU something to begin with.</summary>
    public static void Begin(ToolCalls tools, ushort id)
    {
        Assert.Equal(0, tools.Domctl(DomctlCommand.SetMaximumMemory, id, new DomctlMaximumMemory { Kibibytes = 64 }));
        CallerWorld.Store(ToolCalls.List, 0UL);
        MemoryReservation wanted = new() { ExtentStart = ToolCalls.List, Extents = 1, Domain = new DomainId(id) };
        Assert.Equal(1, tools.World.CallWith(Hypercall.MemoryOp, (uint)MemoryCommand.PopulatePhysmap, wanted));
        Mfn root = DomainList.Find(new DomainId(id)).Memory.First;
        CallerWorld.Store(ToolCalls.List, new MmuExtendedOp { Command = MmuExtendedCommand.PinL4Table, First = root.Value });
        GuestCpu.Registers.R10 = id;
        Assert.Equal(0, tools.World.Call(Hypercall.MmuExtendedOp, ToolCalls.List, 1));
        VcpuGuestContext context = new() { Flags = GuestContextFlags.InKernel | GuestContextFlags.Online, KernelSp = 0x5000, EventCallback = 0x6000 };
        context.Registers.Rip = 0x4000;
        context.ControlRegisters[3] = root.Start.Value;
        CallerWorld.Store(Context, context);
        Assert.Equal(0, tools.Domctl(DomctlCommand.SetVcpuContext, id, new DomctlVcpuContext { Context = Context }));
    }
}
