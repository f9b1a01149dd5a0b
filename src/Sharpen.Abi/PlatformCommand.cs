namespace Sharpen.Abi;

/// <summary>What <see cref="Hypercall.PlatformOp"/> is to do. Source: <c>platform.h</c>.</summary>
public enum PlatformCommand : uint
{
    /// <summary><c>XENPF_settime32</c></summary>
    SetTime32 = 17,

    /// <summary><c>XENPF_add_memtype</c></summary>
    AddMemoryType = 31,

    /// <summary><c>XENPF_del_memtype</c></summary>
    DeleteMemoryType = 32,

    /// <summary><c>XENPF_read_memtype</c></summary>
    ReadMemoryType = 33,

    /// <summary><c>XENPF_microcode_update</c></summary>
    UpdateMicrocode = 35,

    /// <summary><c>XENPF_platform_quirk</c></summary>
    PlatformQuirk = 39,

    /// <summary><c>XENPF_get_cpu_version</c></summary>
    GetCpuVersion = 48,

    /// <summary><c>XENPF_efi_runtime_call</c></summary>
    CallEfi = 49,

    /// <summary><c>XENPF_firmware_info</c></summary>
    FirmwareInfo = 50,

    /// <summary><c>XENPF_enter_acpi_sleep</c></summary>
    EnterAcpiSleep = 51,

    /// <summary><c>XENPF_change_freq</c></summary>
    ChangeFrequency = 52,

    /// <summary><c>XENPF_getidletime</c></summary>
    GetIdleTime = 53,

    /// <summary><c>XENPF_set_processor_pminfo</c></summary>
    SetProcessorPower = 54,

    /// <summary><c>XENPF_get_cpuinfo</c></summary>
    GetCpuInfo = 55,

    /// <summary><c>XENPF_cpu_online</c></summary>
    BringCpuUp = 56,

    /// <summary><c>XENPF_cpu_offline</c></summary>
    TakeCpuDown = 57,

    /// <summary><c>XENPF_cpu_hotadd</c></summary>
    AddCpu = 58,

    /// <summary><c>XENPF_mem_hotadd</c></summary>
    AddMemory = 59,

    /// <summary><c>XENPF_core_parking</c></summary>
    ParkCores = 60,

    /// <summary><c>XENPF_resource_op</c></summary>
    AccessResources = 61,

    /// <summary><c>XENPF_settime64</c></summary>
    SetTime64 = 62,

    /// <summary><c>XENPF_get_symbol</c></summary>
    GetSymbol = 63,
}
