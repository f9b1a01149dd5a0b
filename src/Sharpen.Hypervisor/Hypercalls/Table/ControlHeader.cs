using Sharpen.Abi;

namespace Sharpen.Hypervisor.Hypercalls.Table;

/// <summary>How the structure of each toolstack call begins. Source: <c>sysctl.h</c>, <c>domctl.h</c>, <c>platform.h</c>.</summary>
internal readonly struct ControlHeader : IAbiData
{
    internal readonly uint Command;

    internal readonly uint InterfaceVersion;

    internal ControlHeader(uint command, uint interfaceVersion)
    {
        Command = command;
        InterfaceVersion = interfaceVersion;
    }
}
