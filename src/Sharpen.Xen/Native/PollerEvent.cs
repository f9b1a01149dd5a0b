using System.Runtime.InteropServices;

namespace Sharpen.Xen.Native;

/// <summary><c>struct epoll_event</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct PollerEvent
{
    internal uint Events;
    internal ulong Data;
}
