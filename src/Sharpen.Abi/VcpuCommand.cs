namespace Sharpen.Abi;

/// <summary>What <see cref="Hypercall.VcpuOp"/> is to do. Source: <c>vcpu.h</c>.</summary>
public enum VcpuCommand : uint
{
    /// <summary><c>VCPUOP_initialise</c></summary>
    Initialise = 0,

    /// <summary><c>VCPUOP_up</c></summary>
    Up = 1,

    /// <summary><c>VCPUOP_down</c></summary>
    Down = 2,

    /// <summary><c>VCPUOP_is_up</c></summary>
    IsUp = 3,

    /// <summary><c>VCPUOP_get_runstate_info</c></summary>
    GetRunstateInfo = 4,

    /// <summary><c>VCPUOP_register_runstate_memory_area</c></summary>
    RegisterRunstateMemoryArea = 5,

    /// <summary><c>VCPUOP_set_periodic_timer</c></summary>
    SetPeriodicTimer = 6,

    /// <summary><c>VCPUOP_stop_periodic_timer</c></summary>
    StopPeriodicTimer = 7,

    /// <summary><c>VCPUOP_set_singleshot_timer</c></summary>
    SetSingleshotTimer = 8,

    /// <summary><c>VCPUOP_stop_singleshot_timer</c></summary>
    StopSingleshotTimer = 9,

    /// <summary><c>VCPUOP_register_vcpu_info</c></summary>
    RegisterVcpuInfo = 10,

    /// <summary><c>VCPUOP_send_nmi</c></summary>
    SendNmi = 11,

    /// <summary><c>VCPUOP_get_physid</c></summary>
    GetPhysicalId = 12,

    /// <summary><c>VCPUOP_register_vcpu_time_memory_area</c></summary>
    RegisterVcpuTimeMemoryArea = 13,
}
