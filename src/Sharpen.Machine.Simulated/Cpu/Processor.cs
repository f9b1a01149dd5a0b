namespace Sharpen.Machine.Cpu;

/// <summary>The CPU that executes this code.</summary>
public static class Processor
{
    /// <summary>One turn of a spin loop: lets other CPUs make progress.</summary>
    public static void Relax()
    {
    }

    /// <summary>A place where the simulation may let another CPU go first.</summary>
    internal static void LockPoint()
    {
    }
}
