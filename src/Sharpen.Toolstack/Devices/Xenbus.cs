using System;
using System.Globalization;
using System.Threading;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>Waits for the halves of a device.</summary>
public static class Xenbus
{
    /// <summary>The state that a half says it has.</summary>
    /// <param name="path">The half.</param>
    public static XenbusState StateOf(StoreClient store, string path) => Parse(store.Find($"{path}/state"));

    /// <summary>Waits until a half says what is wanted; of a half that is gone the state is unknown.</summary>
    /// <returns>False when the time passed before.</returns>
    public static bool Wait(StoreClient store, string path, Func<XenbusState, bool> isWanted, TimeSpan most, CancellationToken cancel) =>
        WaitForNode(store, $"{path}/state", value => isWanted(Parse(value)), most, cancel);

    /// <summary>Waits until a node has a value that is wanted; null: it is not there.</summary>
    /// <returns>False when the time passed before.</returns>
    public static bool WaitForNode(StoreClient store, string path, Func<string?, bool> isWanted, TimeSpan most, CancellationToken cancel)
    {
        if (isWanted(store.Find(path)))
        {
            return true;
        }

        string token = $"wait-{path}";
        long until = Environment.TickCount64 + (long)most.TotalMilliseconds;
        store.Watch(path, token);
        try
        {
            while (!isWanted(store.Find(path)))
            {
                long rest = until - Environment.TickCount64;
                if (rest <= 0 || store.WaitForEvent(TimeSpan.FromMilliseconds(rest), cancel) is null)
                {
                    return isWanted(store.Find(path));
                }
            }

            return true;
        }
        finally
        {
            store.Unwatch(path, token);
        }
    }

    private static XenbusState Parse(string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int state) ? (XenbusState)state : XenbusState.Unknown;
}
