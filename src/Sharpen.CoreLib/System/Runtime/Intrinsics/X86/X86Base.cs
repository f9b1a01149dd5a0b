using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

public abstract class X86Base
{
    [Intrinsic]
    public static void Pause() => Pause();
}
