using System;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Hypervisor.Acpi;
using Sharpen.Hypervisor.Boot;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;
using Sharpen.Hypervisor.Hypercalls;
using Sharpen.Hypervisor.Pv.Building;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Hypervisor.Topology;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Simulation;
using Sharpen.Machine.Smp;
using Sharpen.Machine.Time;
using Sharpen.Simulation.Core;
using Xunit;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>One domain on one CPU, whose kernel is the test: it makes calls through the real way in and sees what comes back.</summary>
internal sealed class CallerWorld : IDisposable
{
    /// <summary>A page of the guest's for arguments.</summary>
    public const ulong Scratch = KernelFile.Start + 0x3000;

    /// <summary>An address that no guest has.</summary>
    public const ulong Forbidden = GuestLinear.HypervisorStart + 0x1000;

    private const ulong Code = KernelFile.Start + 0x2000;
    private const int SyscallVector = 0x100;
    private readonly SimulatedMachine _machine = new();

    public CallerWorld(string line = "memory=4608K vcpus=3")
    {
        _machine.Bind();
        Assert.True(MemoryBoot.Initialise([new FrameRange(new Mfn(0x7_0000), 0x4000)]).Try(out _));
        HostConsole.Initialise();
        Dispatcher.Initialise(SchedulerKind.Credit2, Duration.FromMicroseconds(1000));
        HostCpus.Reserve();
        VcpuContextBuffer.Reserve();
        Assert.True(DomainList.Initialise().Try(out _));
        Quiescence.Join();
        Quiescence.Enter();
        _machine.Now = new Instant(1_000_000_000);
        Dispatcher.Online();
        Assert.True(DomainBuilder.Build(new DomainId(1), KernelFile.Make(), System.Text.Encoding.ASCII.GetBytes(line)).Try(out Errno error), error.ToString());
        Step = Entry.Leave();
        Assert.Equal(NextStep.ResumeGuest, Step);
    }

    /// <summary>What the CPU does after the last call.</summary>
    public NextStep Step { get; private set; }

    /// <summary>How often the last call was made again before it was through.</summary>
    public int Repeats { get; private set; }

    /// <summary>The domain.</summary>
    public ref Domain Domain => ref DomainList.Find(new DomainId(1));

    /// <summary>System time.</summary>
    public Instant Now => _machine.Now;

    /// <summary>One of its vCPUs.</summary>
    public ref Vcpu Vcpu(int index) => ref DomainList.VcpuOf(ref Domain, index);

    /// <summary>The frame behind an address of the guest's.</summary>
    public Mfn FrameAt(ulong address)
    {
        Assert.True(GuestTables.TryTranslate(GuestCpu.RootOf(in Vcpu(0).Context), address, out Mfn frame, out _));
        return frame;
    }

    /// <summary>True while a port is pending.</summary>
    public bool IsPending(uint port) => EventBits.IsPending(ref SharedPages.Of(ref Domain), port);

    /// <summary>Makes a call and lets it finish; the value of rax.</summary>
    public long Call(Hypercall number, ulong first = 0, ulong second = 0, ulong third = 0)
    {
        ref CpuUserRegisters registers = ref GuestCpu.Registers;
        registers.Rax = (ulong)number;
        registers.Rdi = first;
        registers.Rsi = second;
        registers.Rdx = third;
        registers.Rip = Code + 2;
        Repeats = -1;
        for (bool again = true; again; again = Step == NextStep.ResumeGuest && registers.Rip == Code)
        {
            Repeats++;
            registers.Rip = Code + 2;
            registers.EntryVector = SyscallVector;
            Step = Entry.FromGuest(ref registers);
            LetFollow();
        }

        return unchecked((long)registers.Rax);
    }

    /// <summary>The same, with a structure as the second argument.</summary>
    public long CallWith<T>(Hypercall number, uint command, T arguments)
        where T : unmanaged, IAbiData
    {
        Store(Scratch, arguments);
        return Call(number, command, Scratch);
    }

    /// <summary>An operation on a vCPU with a structure.</summary>
    public long VcpuOp<T>(VcpuCommand command, ulong vcpu, T arguments)
        where T : unmanaged, IAbiData
    {
        Store(Scratch, arguments);
        return Call(Hypercall.VcpuOp, (uint)command, vcpu, Scratch);
    }

    /// <summary>An operation on a vCPU with a structure that is an address.</summary>
    public long VcpuOpAt(VcpuCommand command, ulong vcpu, ulong address) => VcpuOp(command, vcpu, new GuestWord(address));

    /// <summary>An operation on a vCPU without one.</summary>
    public long VcpuOp(VcpuCommand command, ulong vcpu, ulong third = 0) => Call(Hypercall.VcpuOp, (uint)command, vcpu, third);

    /// <summary>A port for the timer of a vCPU.</summary>
    public uint BindTimer(uint vcpu)
    {
        Assert.Equal(0, CallWith(Hypercall.EventChannelOp, (uint)EventChannelCommand.BindVirq, new EventChannelBindVirq { Virq = Virq.Timer, Vcpu = vcpu }));
        return Load<EventChannelBindVirq>(Scratch).Port;
    }

    /// <summary>What the serial port has sent.</summary>
    public string SerialText => _machine.SerialText;

    /// <summary>Somebody types; the port's interrupt comes.</summary>
    public void Type(string keys)
    {
        foreach (char key in keys)
        {
            _machine.SerialInput.Enqueue((byte)key);
        }

        GuestCpu.Registers.EntryVector = (uint)Vector.Serial;
        Step = Entry.FromGuest(ref GuestCpu.Registers);
    }

    /// <summary>The CPU counts as one of the host's.</summary>
    public void BringCpuOnline()
    {
        Processors.InitialiseThisCpu();
        HostCpus.Join();
    }

    /// <summary>Another CPU comes up and idles.</summary>
    public void AddCpu(int cpu)
    {
        _machine.Bind(cpu);
        Quiescence.Join();
        Quiescence.Enter();
        BringCpuOnline();
        Dispatcher.Online();
        Assert.Equal(NextStep.Idle, Entry.Leave());
        _machine.Bind(0);
    }

    /// <summary>The CPU that is let in after each call if it was kicked; 0 for none.</summary>
    public int Follows { get; set; }

    private void LetFollow()
    {
        if (Follows != 0 && _machine.TakeKick(Follows))
        {
            _machine.Bind(Follows);
            Quiescence.Enter();
            Entry.IdleInterrupt((uint)Vector.Kick);
            Entry.Idle();
            _machine.Bind(0);
        }
    }

    /// <summary>The firmware knows a CPU.</summary>
    public void KnowCpu(uint apicId, uint acpiId) => Firmware.Facts.AddCpu(apicId, acpiId);

    /// <summary>Time passes; the local timer interrupts if its time has come.</summary>
    public void Pass(ulong nanoseconds)
    {
        _machine.Now += new Duration(nanoseconds);
        if (_machine.TakeTimer(0))
        {
            GuestCpu.Registers.EntryVector = (uint)Vector.LocalTimer;
            Step = Entry.FromGuest(ref GuestCpu.Registers);
        }
    }

    public static void Store<T>(ulong address, T value)
        where T : unmanaged => Assert.True(GuestMemory.WriteBytes(new GuestLinear(address), MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value))).Try(out _));

    public static T Load<T>(ulong address)
        where T : unmanaged, IAbiData
    {
        T value = default;
        Assert.True(GuestMemory.ReadBytes(new GuestLinear(address), MemoryMarshal.AsBytes(new Span<T>(ref value))).Try(out _));
        return value;
    }

    public void Dispose() => _machine.Dispose();
}
