using System.Runtime.InteropServices;

namespace Sharpen.Xen.Native;

/// <summary><c>struct pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    internal int File;
    internal short Wanted;
    internal short Happened;
}
