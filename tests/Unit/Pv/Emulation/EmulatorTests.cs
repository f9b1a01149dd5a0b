using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Pv.Emulation;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Locks;
using Xunit;

namespace Sharpen.Unit.Pv.Emulation;

/// <summary>Privileged instructions of a PV kernel, from their bytes.</summary>
public sealed class EmulatorTests : MachineTest
{
    private const ulong Code = 0x40_0000;
    private const ulong Data = 0x50_0000;
    private CpuUserRegisters _registers = new() { Rip = Code, Cs = (ushort)FlatSelector.UserCode64, Ss = (ushort)FlatSelector.UserData32, Rflags = 0x202 };

    public EmulatorTests()
    {
        EmulatedGuest.Create();
        Machine.GuestPages[Code >> 12] = new();
        Machine.GuestPages[Data >> 12] = new();
    }

    private static ref Domain Domain => ref DomainList.Find(new DomainId(1));

    private static ref Vcpu Vcpu => ref DomainList.VcpuOf(ref Domain, 0);

    [Fact]
    public void Cpuid_shows_the_hypervisor_bit_and_hides_what_a_guest_cannot_have()
    {
        Machine.CpuidLeaves[(1, 0)] = new Cpuid(0x60fb1, 0, uint.MaxValue, uint.MaxValue);
        _registers.Rax = 1;
        Assert.Equal(EmulationOutcome.Done, Undefined(0x0f, 0x0b, (byte)'x', (byte)'e', (byte)'n', 0x0f, 0xa2));
        Assert.Equal(Code + 7, _registers.Rip);
        Assert.NotEqual(0UL, _registers.Rcx & (1UL << 31));
        Assert.Equal(0UL, _registers.Rcx & ((1UL << 5) | (1UL << 17) | (1UL << 21) | (1UL << 27)));
        Assert.Equal(0UL, _registers.Rdx & ((1UL << 3) | (1UL << 17)));
    }

    [Fact]
    public void Cpuid_names_the_hypervisor()
    {
        _registers.Rax = 0x40000000;
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0xa2));
        Assert.Equal((0x40000005UL, 0x566e6558UL, 0x65584d4dUL, 0x4d4d566eUL), (_registers.Rax, _registers.Rbx, _registers.Rcx, _registers.Rdx));
    }

    [Fact]
    public void An_iret_of_ring_3_to_ring_3_is_done_when_the_processor_does_not()
    {
        Put(0x48, 0xcf);
        ulong[] frame = [Code + 0x40, 0x33, 0x12_3287, Data + 0x80, 0x2b];
        System.Buffer.BlockCopy(frame, 0, Machine.GuestPages[Data >> 12].Bytes, 0, 40);
        _registers.Rsp = Data;
        Assert.Equal(EmulationOutcome.Done, RingReturn.OnSupervisorRead(ref _registers).Outcome);
        Assert.Equal((Code + 0x40, Data + 0x80, 0x33, 0x2b), (_registers.Rip, _registers.Rsp, _registers.Cs, _registers.Ss));
        Assert.Equal(0x287UL, _registers.Rflags);
    }

    [Theory]
    [InlineData(0x48, 0xcf, 0x30, Data)]
    [InlineData(0x48, 0xcf, 0x33, 0x60_0000UL)]
    [InlineData(0x48, 0xcf, 0x33, ulong.MaxValue)]
    [InlineData(0x49, 0xcf, 0x33, Data)]
    [InlineData(0x48, 0xcb, 0x33, Data)]
    public void Another_instruction_ring_or_stack_is_not(byte prefix, byte opcode, ulong cs, ulong stack)
    {
        Put(prefix, opcode);
        ulong[] frame = [Code + 0x40, cs, 0x287, Data + 0x80, 0x2b];
        System.Buffer.BlockCopy(frame, 0, Machine.GuestPages[Data >> 12].Bytes, 0, 40);
        _registers.Rsp = stack;
        CpuUserRegisters before = _registers;
        Assert.NotEqual(EmulationOutcome.Done, RingReturn.OnSupervisorRead(ref _registers).Outcome);
        Assert.Equal(before, _registers);
    }

    [Fact]
    public void Undefined_instructions_are_the_guests_own()
    {
        Assert.Equal(EmulationOutcome.Refused, Undefined(0x0f, 0x0b, (byte)'x', (byte)'e', (byte)'m', 0x0f, 0xa2));
        Assert.Equal(EmulationOutcome.Refused, Undefined(0x0f, 0x0b, (byte)'x', (byte)'e', (byte)'n', 0x0f, 0x32));
        Assert.Equal(EmulationOutcome.Refused, Undefined(0x0f, 0xff));
    }

    [Fact]
    public void A_prefix_at_the_end_of_memory_faults_where_memory_ends()
    {
        _registers.Rip = Code + 0xffe;
        Machine.GuestPages[Code >> 12].Bytes[0xffe] = 0x0f;
        Machine.GuestPages[Code >> 12].Bytes[0xfff] = 0x0b;
        EmulationResult result = Emulator.OnUndefined(ref Vcpu, ref _registers);
        Assert.Equal((EmulationOutcome.PageFault, Code + 0x1000, 0x14U), (result.Outcome, result.Address.Value, result.Error));
    }

    [Fact]
    public void Segment_bases_are_model_registers()
    {
        (_registers.Rcx, _registers.Rax, _registers.Rdx) = (0xc0000101, 0xffffffff_12345000, 0xffffffff_00007f00);
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x30));
        (_registers.Rax, _registers.Rdx) = (0, 0);
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x32));
        Assert.Equal((0x12345000UL, 0x7f00UL), (_registers.Rax, _registers.Rdx));
        (_registers.Rax, _registers.Rdx) = (0, 0x8000_0000);
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x30));
    }

    [Fact]
    public void User_code_may_not_touch_model_registers()
    {
        Vcpu.InKernel = false;
        _registers.Rcx = 0xc0000080;
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x32));
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x30));
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x20, 0xc0));
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x06));
        Assert.Equal(EmulationOutcome.Refused, Protection(0xfa));
        Assert.Equal(Code, _registers.Rip);
    }

    [Fact]
    public void Unknown_model_registers_are_refused()
    {
        _registers.Rcx = 0x12345678;
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x32));
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x30));
    }

    [Fact]
    public void Control_registers_can_be_read_into_any_register()
    {
        Assert.Equal(EmulationOutcome.Done, Protection(0x41, 0x0f, 0x20, 0xc7));
        Assert.Equal(0x80050033UL, _registers.R15);
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x20, 0xe3));
        Assert.NotEqual(0UL, _registers.Rbx & (1UL << 5));
        Assert.Equal(EmulationOutcome.Refused, Protection(0x44, 0x0f, 0x20, 0xc0));
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x20, 0xc8));
    }

    [Fact]
    public void Cr4_keeps_what_a_kernel_may_choose()
    {
        _registers.Rax = ulong.MaxValue;
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x22, 0xe0));
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x20, 0xe1));
        Assert.Equal(0x66cUL, _registers.Rcx);
    }

    [Fact]
    public void A_kernel_hides_the_time_from_its_programs_and_not_from_itself()
    {
        Assert.False(Vcpu.Context.HidesTime);
        _registers.Rax = 4;
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x22, 0xe0));
        Assert.True(Vcpu.Context.HidesTime);
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x31));
        Vcpu.Context.TscAux = 77;
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x01, 0xf9));
        Assert.Equal(77UL, _registers.Rcx);
        Vcpu.InKernel = false;
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x31));
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x01, 0xf9));
        Vcpu.InKernel = true;
        _registers.Rax = 0;
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x22, 0xe0));
        Assert.False(Vcpu.Context.HidesTime);
    }

    [Fact]
    public void Ports_need_privilege_and_permission()
    {
        Machine.Ports[(0x90, 1)] = 0x5a;
        _registers.Rdx = 0x90;
        Assert.Equal(EmulationOutcome.Refused, Protection(0xec));
        Vcpu.Virtual.IoPrivilege = 1;
        _registers.Rax = 0x1111;
        Assert.Equal(EmulationOutcome.Done, Protection(0xec));
        Assert.Equal(0x11ffUL, _registers.Rax);
        Allow(0x90, 1);
        Assert.Equal(EmulationOutcome.Done, Protection(0xe4, 0x90));
        Assert.Equal(0x115aUL, _registers.Rax);
        Assert.Equal(EmulationOutcome.Done, Protection(0x66, 0xe7, 0x90));
        Assert.Equal(EmulationOutcome.Done, Protection(0xe6, 0x90));
        Assert.Equal([((ushort)0x90, 1, 0x5aU)], Machine.PortWrites);
        Vcpu.InKernel = false;
        Assert.Equal(EmulationOutcome.Refused, Protection(0xe4, 0x90));
    }

    [Fact]
    public void A_bitmap_lets_user_code_use_ports()
    {
        Allow(0x60, 16);
        Machine.Ports[(0x67, 2)] = 0x1234;
        _registers.Rdx = 0x67;
        Vcpu.Virtual.IoBitmap = Data;
        Vcpu.Virtual.IoBitmapPorts = 0x69;
        Assert.Equal(EmulationOutcome.Done, Protection(0x66, 0xed));
        Assert.Equal(0x1234UL, _registers.Rax);
        Machine.GuestPages[Data >> 12].Bytes[0x68 / 8] = 1;
        Assert.Equal(EmulationOutcome.Refused, Protection(0x66, 0xed));
        Machine.GuestPages[Data >> 12].Bytes[0x68 / 8] = 2;
        Vcpu.Virtual.IoBitmapPorts = 0x68;
        Assert.Equal(EmulationOutcome.Refused, Protection(0x66, 0xed));
        Vcpu.Virtual.IoBitmapPorts = 0x10000;
        Vcpu.Virtual.IoBitmap = 0x1234_5678_9abc_def0;
        Assert.Equal(EmulationOutcome.Refused, Protection(0x66, 0xed));
    }

    [Fact]
    public void Repeated_input_stops_now_and_then_and_goes_on()
    {
        Allow(0x1f0, 8);
        Machine.Ports[(0x1f0, 2)] = 0xbeef;
        Vcpu.Virtual.IoPrivilege = 1;
        (_registers.Rdx, _registers.Rdi, _registers.Rcx) = (0x1f0, Data, 100);
        Assert.Equal(EmulationOutcome.Unfinished, Protection(0xf3, 0x66, 0x6d));
        Assert.Equal((Code, 36UL, Data + 128), (_registers.Rip, _registers.Rcx, _registers.Rdi));
        Assert.Equal(EmulationOutcome.Done, Protection(0xf3, 0x66, 0x6d));
        Assert.Equal((Code + 3, 0UL, Data + 200), (_registers.Rip, _registers.Rcx, _registers.Rdi));
        Assert.Equal((0xef, 0xbe, 0), (Machine.GuestPages[Data >> 12].Bytes[198], Machine.GuestPages[Data >> 12].Bytes[199], Machine.GuestPages[Data >> 12].Bytes[200]));
    }

    [Fact]
    public void Input_to_memory_that_is_not_there_faults_before_the_port_is_read()
    {
        Vcpu.Virtual.IoPrivilege = 1;
        (_registers.Rdx, _registers.Rdi) = (0x1f0, Data + 0xffe);
        _registers.Rip = Code;
        EmulationResult result = Run(0x6d);
        Assert.Equal((EmulationOutcome.PageFault, 6U), (result.Outcome, result.Error));
        Assert.Equal((Data + 0xffe, Code), (_registers.Rdi, _registers.Rip));
    }

    [Fact]
    public void The_hardware_domain_reaches_configuration_space_by_its_own_address()
    {
        Domain.IsHardware = true;
        Vcpu.Virtual.IoPrivilege = 1;
        byte[] space = new byte[256];
        (space[4], space[5]) = (0x86, 0x80);
        Machine.PciDevices[(0, 0x10)] = space;
        (_registers.Rdx, _registers.Rax) = (0xcf8, 0x8000_1004);
        Assert.Equal(EmulationOutcome.Done, Protection(0xef));
        _registers.Rax = 0;
        Assert.Equal(EmulationOutcome.Done, Protection(0xed));
        Assert.Equal(0x8000_1004UL, _registers.Rax);
        _registers.Rdx = 0xcfc;
        Assert.Equal(EmulationOutcome.Done, Protection(0x66, 0xed));
        Assert.Equal(0x8000_8086UL, _registers.Rax);
        _registers.Rdx = 0xcfd;
        Assert.Equal(EmulationOutcome.Done, Protection(0xec));
        Assert.Equal(0x8000_8080UL, _registers.Rax);
        Domain.IsHardware = false;
        Assert.Equal(EmulationOutcome.Done, Protection(0xec));
        Assert.Equal(0x8000_80ffUL, _registers.Rax);
    }

    [Fact]
    public void The_byte_of_the_clock_that_a_domain_chose_is_its_own()
    {
        Allow(0x70, 2);
        Vcpu.Virtual.IoPrivilege = 1;
        (Machine.ClockMemory[10], Machine.ClockMemory[11]) = (0x26, 2);
        (_registers.Rdx, _registers.Rax) = (0x70, 0x8a);
        Assert.Equal(EmulationOutcome.Done, Protection(0xee));
        _registers.Rdx = 0x71;
        Assert.Equal(EmulationOutcome.Done, Protection(0xec));
        Assert.Equal(0x26UL, _registers.Rax);
        _registers.Rax = 0x33;
        Assert.Equal(EmulationOutcome.Done, Protection(0xee));
        Assert.Equal((0x33, 2), (Machine.ClockMemory[10], Machine.ClockMemory[11]));
        _registers.Rdx = 0x70;
        Assert.Equal(EmulationOutcome.Done, Protection(0xec));
        Assert.Equal(10UL, _registers.Rax);
        Assert.True(Domain.Rights.Ports.Remove(0x70, 0x71).Try(out _));
        Assert.Equal(EmulationOutcome.Done, Protection(0xec));
        Assert.Equal(0xffUL, _registers.Rax);
    }

    [Fact]
    public void The_flag_of_a_switched_task_is_its_own()
    {
        _registers.Rax = 0x8005003b;
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x22, 0xc0));
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x20, 0xc1));
        Assert.Equal(0x8005003bUL, _registers.Rcx);
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x06));
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x20, 0xc1));
        Assert.Equal(0x80050033UL, _registers.Rcx);
        _registers.Rax = 0x33;
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x22, 0xc0));
    }

    [Fact]
    public void Debug_registers_have_their_fixed_bits()
    {
        _registers.Rbx = 0x1234;
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x23, 0xc3));
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x21, 0xc1));
        Assert.Equal(0x1234UL, _registers.Rcx);
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x21, 0xe1));
        Assert.Equal(0xffff0ff0UL, _registers.Rcx);
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x21, 0xf9));
        Assert.Equal(0x400UL, _registers.Rcx);
        _registers.Rbx = 0xffff_8300_0000_0000;
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x23, 0xc3));
        Assert.Equal(EmulationOutcome.Undefined, Protection(0x44, 0x0f, 0x21, 0xc1));
    }

    [Theory, InlineData(0x0f, 0x08), InlineData(0x0f, 0x33), InlineData(0xf4, 0x90)]
    public void What_real_Xen_refuses_is_refused(byte first, byte second)
    {
        Assert.Equal(EmulationOutcome.Refused, Protection(first, second));
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x01, 0xf0));
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x01, 0xf8));
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x09));
        Assert.Equal(EmulationOutcome.Undefined, Protection(0x0f, 0x01, 0xd1));
        Assert.Equal(EmulationOutcome.Done, Protection(0x66, 0x0f, 0x01, 0xe3));
        Assert.Equal(0x33UL, _registers.Rbx);
    }

    [Theory]
    [InlineData(0x179, 2UL)]
    [InlineData(0x400, ulong.MaxValue)]
    [InlineData(0x404, ulong.MaxValue)]
    [InlineData(0x408, 0UL)]
    [InlineData(0x277, 0x50100070406UL)]
    [InlineData(0xc0000080, 0xd01UL)]
    [InlineData(0xc0010015, 0UL)]
    public void Model_registers_hold_what_real_Xen_shows(uint number, ulong value)
    {
        _registers.Rcx = number;
        Assert.Equal(EmulationOutcome.Done, Protection(0x0f, 0x32));
        Assert.Equal(value, _registers.Rax | (_registers.Rdx << 32));
    }

    [Theory, InlineData(0xfe), InlineData(0x200), InlineData(0x174), InlineData(0xc0000081), InlineData(0xc0010114)]
    public void Model_registers_that_real_Xen_hides_are_hidden(uint number)
    {
        Domain.IsHardware = true;
        Machine.ModelRegisters[number] = 1;
        _registers.Rcx = number;
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x32));
        Assert.Equal(EmulationOutcome.Refused, Protection(0x0f, 0x30));
    }

    [Fact]
    public void The_hardware_domain_has_the_third_counter_of_the_interval_timer()
    {
        Domain.IsHardware = true;
        Vcpu.Virtual.IoPrivilege = 1;
        Assert.True(IoPermissions.GiveHardware(ref Domain).Try(out _));
        Machine.Ports[(0x61, 1)] = 0x30;
        _registers.Rax = 0xff;
        Assert.Equal(EmulationOutcome.Done, Protection(0xe6, 0x61));
        Assert.Equal(EmulationOutcome.Done, Protection(0xe6, 0x40));
        _registers.Rax = 0x36;
        Assert.Equal(EmulationOutcome.Done, Protection(0xe6, 0x43));
        _registers.Rax = 0xb6;
        Assert.Equal(EmulationOutcome.Done, Protection(0xe6, 0x43));
        Assert.Equal([((ushort)0x61, 1, 0x33U), ((ushort)0x43, 1, 0xb6U)], Machine.PortWrites);
        Machine.Ports[(0x3fd, 1)] = 0x60;
        _registers.Rdx = 0x3fd;
        Assert.Equal(EmulationOutcome.Done, Protection(0xec));
        Assert.Equal(0xffUL, _registers.Rax);
    }

    private static void Allow(uint port, uint count)
    {
        using Locked<DomainRank> held = Domain.Lock.Enter(NoLocks.Held);
        Assert.True(IoPermissions.SetPorts(in held, ref Domain, port, count, mayUse: true).Try(out _));
    }

    private EmulationOutcome Protection(params byte[] code)
    {
        _registers.Rip = Code;
        return Run(code).Outcome;
    }

    private void Put(params byte[] code)
    {
        code.CopyTo(Machine.GuestPages[Code >> 12].Bytes, 0);
        _registers.Rip = Code;
    }

    private EmulationOutcome Undefined(params byte[] code)
    {
        code.CopyTo(Machine.GuestPages[Code >> 12].Bytes, 0);
        _registers.Rip = Code;
        return Emulator.OnUndefined(ref Vcpu, ref _registers).Outcome;
    }

    private EmulationResult Run(params byte[] code)
    {
        code.CopyTo(Machine.GuestPages[Code >> 12].Bytes, 0);
        return Emulator.OnProtectionFault(ref Vcpu, ref _registers);
    }
}
