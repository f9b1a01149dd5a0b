using System.Runtime.CompilerServices;

namespace Sharpen.Machine.Pools;

/// <summary>
/// The place of a pool's object that its holder keeps from being freed, so that it may be stored and followed without a lookup. The
/// default stands for none.
/// </summary>
/// <typeparam name="T">The object.</typeparam>
/// <remarks>Safety: only <see cref="Pool{T}.Keep"/> makes one, and <see cref="Pool{T}.Free"/> stops the host at an object that is kept.
/// Whoever holds it calls <see cref="Release"/> once and forgets it then.</remarks>
public unsafe struct KeptObject<T>
    where T : unmanaged
{
    private ulong _place;

    internal KeptObject(T* place) => _place = (ulong)place;

    /// <summary>The object, or a null reference when none is kept.</summary>
    public readonly ref T Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.AsRef<T>((void*)_place);
    }

    /// <summary>Keeps it no longer. Nothing happens when there is none.</summary>
    public void Release()
    {
        if (_place != 0)
        {
            Pool<T>.Forget((T*)_place);
            _place = 0;
        }
    }
}
