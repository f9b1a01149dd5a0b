using System.Text.Json;
using Sharpen.Toolstack.Devices;
using Sharpen.Xen.Store;

namespace Sharpen.Xl.Commands;

/// <summary>What lists say of a device; numbers that are not there yet are -1.</summary>
/// <param name="store">The store.</param>
/// <param name="paths">The device.</param>
public readonly struct DeviceRow(StoreClient store, DevicePaths paths)
{
    /// <summary>Its number.</summary>
    public int Number => paths.Number;

    /// <summary>The domain that serves it.</summary>
    public int Backend => paths.Backend.Value;

    /// <summary>The serving half.</summary>
    public string BackendPath => paths.BackendPath;

    /// <summary>How far the guest is.</summary>
    public int State => OfGuest("state");

    /// <summary>A number that the guest's half says.</summary>
    public int OfGuest(string name) => int.TryParse(store.Find($"{paths.Frontend}/{name}"), out int number) ? number : -1;

    /// <summary>A text of the guest's half.</summary>
    public string TextOfGuest(string name) => store.Find($"{paths.Frontend}/{name}") ?? "";

    /// <summary>What the serving half says.</summary>
    public string OfBackend(string name) => store.Find($"{paths.BackendPath}/{name}") ?? "";

    /// <summary>Writes what all devices have.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("devid", Number);
        json.WriteNumber("backend_domid", Backend);
        json.WriteString("backend", BackendPath);
        json.WriteNumber("state", State);
    }
}
