using Sharpen.Machine.Collections;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Interrupts;

/// <summary>All interrupt lines of the host.</summary>
internal struct LinesState
{
    internal SpinLock<InterruptRank> Lock;
    internal Fixed64<IoApic> Controllers;
    internal Fixed64<ulong> Addresses;
    internal Fixed64<MessageTable> Tables;
    internal Fixed64<ulong> TableAddresses;
    internal Fixed1024<InterruptLine> Lines;
    internal int ControllerCount;
    internal int TableCount;
    internal int GsiCount;
    internal int NumberLimit;
}
