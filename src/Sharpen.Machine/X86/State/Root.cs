namespace Sharpen.Machine.State;

/// <summary>Where all mutable state of the host hangs: one zero-initialised instance of each state type.</summary>
public static class Root
{
    /// <summary>The one instance of <typeparamref name="T"/> on this machine.</summary>
    /// <typeparam name="T">A subsystem's state: unmanaged, meaningful when all zero.</typeparam>
    public static ref T Of<T>()
        where T : unmanaged => ref Storage<T>.s_value;

    private static class Storage<T>
        where T : unmanaged
    {
#pragma warning disable CS0649 // written through the reference that Of hands out
        internal static T s_value;
#pragma warning restore CS0649
    }
}
