namespace Sharpen.Abi;

/// <summary>Switch an assist on or off. Source: <c>xen.h</c>.</summary>
public enum VmAssistCommand : uint
{
    /// <summary><c>VMASST_CMD_enable</c></summary>
    Enable = 0,

    /// <summary><c>VMASST_CMD_disable</c></summary>
    Disable = 1,
}
