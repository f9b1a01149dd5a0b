using Sharpen.Abi;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Pv.Building;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Simulation.Core;
using Sharpen.Unit.Memory;
using Xunit;

namespace Sharpen.Unit.Pv;

/// <summary>Building a domain, and what is left when that fails.</summary>
public sealed class DomainBuilderTests : System.IDisposable
{
    private static readonly DomainId s_id = new(7);
    private readonly MemoryWorld _world = new();

    public DomainBuilderTests()
    {
        MemoryWorld.BeginDomains();
        MemoryWorld.TouchForDomain();
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_kernel_starts_with_what_the_interface_promises()
    {
        Assert.True(Build("memory=8M name=test"u8).Try(out _));
        ref Domain domain = ref DomainList.Find(s_id);
        Assert.Equal(2048UL, domain.Memory.Count);
        Assert.True(domain.IsRunnable);
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, 0);
        Assert.Equal(KernelFile.Start + 0x1000, vcpu.Context.Registers.Rip);
        Assert.True(FrameRef<L4Table>.Hold(Machine.Guest.GuestCpu.RootOf(in vcpu.Context), s_id, out FrameRef<L4Table> root).Try(out _));
        Assert.True(GuestTables.TryTranslate(in root, KernelFile.Start, out Mfn calls, out bool isWritable));
        Assert.True(isWritable);
        Assert.Equal(0x51, MemoryWorld.BytesOf(calls)[29 * 32]);
        Assert.Equal(29, MemoryWorld.BytesOf(calls)[(29 * 32) + 4]);
        Assert.True(GuestTables.TryTranslate(in root, vcpu.Context.Registers.Rsi, out Mfn info, out _));
        Assert.Equal((byte)'x', MemoryWorld.BytesOf(info)[0]);
        Assert.False(GuestTables.TryTranslate(in root, KernelFile.Base + (1024UL << 12), out _, out _));
        root.Dispose();
    }

    [Fact]
    public void No_page_table_is_writable_to_the_guest()
    {
        Assert.True(Build("memory=8M"u8).Try(out _));
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref DomainList.Find(s_id), 0);
        Mfn rootFrame = Machine.Guest.GuestCpu.RootOf(in vcpu.Context);
        Assert.Equal(Errno.Busy, FrameRef<Writable>.Hold(rootFrame, s_id, out _).Error);
    }

    [Fact]
    public void Whichever_allocation_fails_nothing_is_left_behind()
    {
        ulong free = MemoryWorld.Settle();
        for (uint every = 1; every < 24; every++)
        {
            FrameAllocator.FailEvery(every);
            Result built = Build("memory=4608K"u8);
            FrameAllocator.FailEvery(0);
            if (built.Try(out _))
            {
                DomainControl.Stop(ref DomainList.Find(s_id), ShutdownReason.PowerOff);
            }

            Assert.Equal(free, MemoryWorld.Settle());
        }
    }

    [Fact]
    public void A_thousand_refused_creations_leave_nothing_behind()
    {
        ulong free = MemoryWorld.Settle();
        for (int turn = 0; turn < 1000; turn++)
        {
            Assert.Equal(Errno.NoMem, Build("memory=2M"u8).Error);
            Assert.Equal(Errno.NoExec, DomainBuilder.Build(s_id, "not a kernel"u8, (System.ReadOnlySpan<byte>)default).Error);
            Assert.Equal(Errno.Inval, Build("weight=0"u8).Error);
        }

        Assert.Equal(free, MemoryWorld.Settle());
    }

    private static Result Build(System.ReadOnlySpan<byte> line) => DomainBuilder.Build(s_id, KernelFile.Make(), line);
}
