using Sharpen.Machine.State;

namespace Sharpen.Machine.Cpu;

/// <summary>What the boot CPU can do, asked once.</summary>
public struct CpuFeatures
{
    private bool _noExecute;
    private bool _gigabytePages;
    private bool _x2Apic;
    private bool _machineCheck;
    private bool _smep;
    private bool _umip;
    private bool _smap;
    private bool _xsave;
    private bool _tscDeadline;
    private bool _fsgsbase;
    private bool _tscAux;
    private bool _isVirtual;
    private int _physicalBits;

    /// <summary>The features of this host.</summary>
    public static ref readonly CpuFeatures Host => ref Root.Of<CpuFeatures>();

    public readonly bool NoExecute => _noExecute;

    public readonly bool GigabytePages => _gigabytePages;

    public readonly bool X2Apic => _x2Apic;

    /// <summary>Hardware errors are reported by an exception.</summary>
    public readonly bool MachineCheck => _machineCheck;

    public readonly bool Smep => _smep;

    /// <summary>User mode can be kept from reading where descriptor tables lie.</summary>
    public readonly bool Umip => _umip;

    public readonly bool Smap => _smap;

    public readonly bool XSave => _xsave;

    public readonly bool TscDeadline => _tscDeadline;

    public readonly bool FsGsBase => _fsgsbase;

    /// <summary>Programs can read a number that the kernel has left beside the time-stamp counter.</summary>
    public readonly bool TscAux => _tscAux;

    /// <summary>Another hypervisor runs this one: a CPU may stop for long at any instruction.</summary>
    public readonly bool IsVirtual => _isVirtual;

    /// <summary>Bits of a machine address.</summary>
    public readonly int PhysicalBits => _physicalBits;

    /// <summary>Asks the CPU. Once, first thing at boot.</summary>
    public static void Detect()
    {
        ref CpuFeatures host = ref Root.Of<CpuFeatures>();
        Cpuid basic = Cpuid.Query(1);
        Cpuid structured = Cpuid.Query(7);
        Cpuid extended = Cpuid.Query(0x80000001);
        uint address = Cpuid.Query(0x80000008).Eax & 0xff;
        host._x2Apic = Bit(basic.Ecx, 21);
        host._tscDeadline = Bit(basic.Ecx, 24);
        host._isVirtual = Bit(basic.Ecx, 31);
        host._xsave = Bit(basic.Ecx, 26);
        host._fsgsbase = Bit(structured.Ebx, 0);
        host._machineCheck = Bit(basic.Edx, 7);
        host._smep = Bit(structured.Ebx, 7);
        host._umip = Bit(structured.Ecx, 2);
        host._smap = Bit(structured.Ebx, 20);
        host._noExecute = Bit(extended.Edx, 20);
        host._gigabytePages = Bit(extended.Edx, 26);
        host._tscAux = Bit(extended.Edx, 27) || Bit(structured.Ecx, 22);
        host._physicalBits = address is >= 32 and <= 52 ? (int)address : 36;
    }

    private static bool Bit(uint word, int bit) => ((word >> bit) & 1) != 0;
}
