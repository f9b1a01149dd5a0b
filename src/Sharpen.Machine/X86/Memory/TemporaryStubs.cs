using Sharpen.Machine.Results;
using Sharpen.Abi;
namespace Sharpen.Machine.Memory;
internal static unsafe class DirectMap { internal static byte* Pointer(MachineAddress a) => (byte*)(0xffff830000000000 + a.Value); }
public readonly unsafe struct DeviceWindow { readonly ulong _at; DeviceWindow(ulong a){_at=a;} public static DeviceWindow Open(MachineAddress a, int bytes) => new(0xffff830000000000 + a.Value);
 public uint Read32(int o) => System.Threading.Volatile.Read(ref *(uint*)(_at + (ulong)(uint)o)); public void Write32(int o, uint v) => System.Threading.Volatile.Write(ref *(uint*)(_at + (ulong)(uint)o), v); }
public readonly struct HostLinear { public readonly ulong Value; public HostLinear(ulong v){Value=v;} }
public enum PageAccess { Write = 1, Execute = 2 }
public readonly struct FrameRange { public FrameRange(Mfn f, ulong n) {} }
public static class HostTables { public static MachineAddress Root => default; public static Mfn FrameOf(HostLinear l) => default; public static Result Map(HostLinear at, FrameRange r, PageAccess a) => Errno.NoMem; }
public static class FrameAllocator { public static Result<Mfn> AllocateForHost(PageOrder o) => Errno.NoMem; }
public struct L4Table {}
public readonly struct FrameRef<T> { public Mfn Mfn => default; }
