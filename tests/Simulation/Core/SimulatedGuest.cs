using System;
using System.Runtime.InteropServices;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Time;
using Sharpen.Simulation.Seeds;
using Xunit;

namespace Sharpen.Simulation.Core;

/// <summary>
/// A guest kernel as a C# object: it is asked for its next step whenever a simulated CPU runs its vCPU, and answers with registers
/// and a way in, as a kernel would by executing an instruction. What it does next comes from its seed. It keeps accounts of what it was
/// promised, and of whether its registers came back as it left them.
/// </summary>
internal abstract class SimulatedGuest(DomainId id, ulong seed)
{
    /// <summary>Where its event callback is.</summary>
    protected const ulong EventEntry = KernelFile.Start + 0x1100;

    /// <summary>A page for arguments.</summary>
    protected const ulong Scratch = KernelFile.Start + 0x3000;

    private const ulong Code = KernelFile.Start + 0x2000;
    private const int SyscallVector = 0x100;
    private CpuUserRegisters? _call;

    /// <summary>Its number.</summary>
    public DomainId Id { get; } = id;

    /// <summary>How many steps it has made.</summary>
    public int Steps { get; private set; }

    /// <summary>Upcalls it took.</summary>
    public int Upcalls { get; private set; }

    /// <summary>When it makes its present step.</summary>
    protected Instant Now { get; private set; }

    /// <summary>Where the guest's choices come from.</summary>
    protected SeededRandom Random { get; } = new(seed);

    /// <summary>One step. True when it ended in a way into the hypervisor, which the registers describe.</summary>
    public bool Step(ref CpuUserRegisters registers, Instant now)
    {
        Steps++;
        Now = now;
        if (_call is { } call && registers.Rip == call.Rip - 2)
        {
            registers.Rip += 2;
            registers.EntryVector = SyscallVector;
            return true;
        }

        _call = null;
        if (registers.Rip == EventEntry)
        {
            TakeUpcall(ref registers);
            return true;
        }

        return Act(ref registers);
    }

    /// <summary>What the guest does when nothing is under way.</summary>
    protected abstract bool Act(ref CpuUserRegisters registers);

    /// <summary>Events that an upcall brought, one bit a port below 64.</summary>
    protected virtual void TakeEvents(ulong ports)
    {
    }

    /// <summary>Executes the syscall instruction.</summary>
    protected bool Call(ref CpuUserRegisters registers, Hypercall number, ulong first = 0, ulong second = 0, ulong third = 0)
    {
        registers.Rax = (ulong)number;
        registers.Rdi = first;
        registers.Rsi = second;
        registers.Rdx = third;
        registers.Rip = Code + (Random.Below(64UL) * 16);
        registers.EntryVector = SyscallVector;
        _call = registers;
        return true;
    }

    /// <summary>As <see cref="Call(ref CpuUserRegisters, Hypercall, ulong, ulong, ulong)"/>, with a structure as the second argument.</summary>
    protected bool CallWith<T>(ref CpuUserRegisters registers, Hypercall number, uint command, T arguments)
        where T : unmanaged
    {
        Store(Scratch, arguments);
        return Call(ref registers, number, command, Scratch);
    }

    /// <summary>Writes to the guest's own memory.</summary>
    protected static void Store<T>(ulong address, T value)
        where T : unmanaged => Assert.True(GuestMemory.WriteBytes(new GuestLinear(address), MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value))).Try(out _));

    /// <summary>Reads the guest's own memory.</summary>
    protected static T Load<T>(ulong address)
        where T : unmanaged
    {
        T value = default;
        Assert.True(GuestMemory.ReadBytes(new GuestLinear(address), MemoryMarshal.AsBytes(new Span<T>(ref value))).Try(out _));
        return value;
    }

    /// <summary>Returns from a handler whose frame is at rsp: rcx, r11, then (without error code) rip, cs, rflags, rsp, ss.</summary>
    protected void ReturnFromHandler(ref CpuUserRegisters registers)
    {
        registers.Rcx = Load<ulong>(registers.Rsp);
        registers.R11 = Load<ulong>(registers.Rsp + 8);
        registers.Rsp -= 16;
        Store(registers.Rsp, registers.Rax);
        Store(registers.Rsp + 8, registers.R11);
        Store(registers.Rsp + 16, registers.Rcx);
        Store(registers.Rsp + 24, 0UL);
        registers.Rax = (ulong)Hypercall.Iret;
        registers.Rip = Code;
        registers.EntryVector = SyscallVector;
    }

    // What a kernel's callback does: clear the flag, take the selector, take the words, go back.
    private void TakeUpcall(ref CpuUserRegisters registers)
    {
        ref SharedInfo shared = ref SharedPages.Of(ref DomainList.Find(Id));
        ref VcpuInfo info = ref EventBits.VcpuInfoOf(ref shared, 0);
        Upcalls++;
        Assert.Equal(1, info.UpcallMask);
        info.UpcallPending = 0;
        ulong words = Interlocked.Exchange(ref info.PendingSelector, 0);
        if ((words & 1) != 0)
        {
            TakeEvents(Interlocked.Exchange(ref Layout.Items<Words64, ulong>(ref shared.Pending)[0], 0));
        }

        ReturnFromHandler(ref registers);
    }
}
