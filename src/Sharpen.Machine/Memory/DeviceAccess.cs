namespace Sharpen.Machine.Memory;

/// <summary>What guests that have devices may do with a frame that is no memory of theirs.</summary>
public enum DeviceAccess
{
    /// <summary>It is memory: only who owns it may use it.</summary>
    Memory,

    /// <summary>Nothing: what lies there would let them act for the hypervisor, or there is no such address.</summary>
    None,

    /// <summary>They may read it: the hypervisor uses the device itself.</summary>
    Read,

    /// <summary>They may read and write it.</summary>
    Full,
}
