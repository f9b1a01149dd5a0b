namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>Instructions that are emulated: one byte, or 0x0f and a second. Source: AMD APM volume 3, appendix A.</summary>
internal enum Opcode : ushort
{
    InsByte = 0x6c,
    Ins = 0x6d,
    OutsByte = 0x6e,
    Outs = 0x6f,
    InByteImmediate = 0xe4,
    InImmediate = 0xe5,
    OutByteImmediate = 0xe6,
    OutImmediate = 0xe7,
    InByte = 0xec,
    In = 0xed,
    OutByte = 0xee,
    Out = 0xef,
    Hlt = 0xf4,
    Cli = 0xfa,
    Sti = 0xfb,

    /// <summary>A group: the ModRM byte says which.</summary>
    System = 0x0f01,
    Clts = 0x0f06,
    Invd = 0x0f08,
    Wbinvd = 0x0f09,
    ReadControl = 0x0f20,
    ReadDebug = 0x0f21,
    WriteControl = 0x0f22,
    WriteDebug = 0x0f23,
    Wrmsr = 0x0f30,
    Rdtsc = 0x0f31,
    Rdmsr = 0x0f32,
    Rdpmc = 0x0f33,
    Cpuid = 0x0fa2,
}
