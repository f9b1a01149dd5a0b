namespace Sharpen.Machine.Memory;

/// <summary>How many pages of the device slot are in use.</summary>
internal struct DeviceWindowState
{
    internal ulong Pages;
}
