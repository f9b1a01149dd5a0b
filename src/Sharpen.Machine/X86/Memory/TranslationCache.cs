using Sharpen.Machine.Cpu;

namespace Sharpen.Machine.Memory;

/// <summary>What this CPU remembers of translations.</summary>
internal static class TranslationCache
{
    /// <summary>Forgets everything (we use no global pages).</summary>
    internal static void FlushLocal() => Instructions.WriteCr3(Instructions.ReadCr3());

    /// <summary>Forgets one page.</summary>
    internal static void FlushLocal(HostLinear page) => Instructions.Invalidate(page.Value);
}
