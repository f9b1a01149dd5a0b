namespace Sharpen.Machine.Memory;

public struct L4Table {}
public readonly struct FrameRef<T> { public Mfn Mfn => default; }
