using System;
using System.Collections.Generic;
using System.IO;
using Sharpen.Toolstack.Processes;
using Sharpen.Xen.Store;

namespace Sharpen.Toolstack.Devices;

/// <summary>Prepares the serving side of a device, and undoes that. Two of Xen's scripts, <c>block</c> and <c>vif-bridge</c>, are done here
/// without a process; any other script is run, in the environment that Xen's scripts get.</summary>
public static class Hotplug
{
    private const string Folder = "/etc/xen/scripts";
    private const string Block = Folder + "/block";
    private const string Bridge = Folder + "/vif-bridge";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(40);

    /// <summary>The path of a script that a configuration names.</summary>
    /// <param name="usual">What is meant when it names none.</param>
    public static string PathOf(string script, string usual) =>
        script.Length == 0 ? $"{Folder}/{usual}" : script.Contains('/') ? script : $"{Folder}/{script}";

    /// <summary>Prepares a device.</summary>
    /// <exception cref="DeviceException">It cannot be prepared.</exception>
    public static void Add(StoreClient store, DevicePaths paths)
    {
        switch (store.Find($"{paths.BackendPath}/script"))
        {
            case null:
                return;
            case Block:
                LocalDisk.Add(store, paths);
                break;
            case Bridge:
                LocalBridge.Add(store, paths);
                break;
            case { } script:
                Run(script, store, paths, paths.Kind == "vif" ? ["online", "type_if=vif"] : ["add"]);
                break;
        }
    }

    /// <summary>Undoes what <see cref="Add"/> did.</summary>
    /// <exception cref="DeviceException">It cannot be undone.</exception>
    public static void Remove(StoreClient store, DevicePaths paths)
    {
        switch (store.Find($"{paths.Record}/script"))
        {
            case null or Bridge:
                // The bridge forgets an interface when that goes away with its driver.
                return;
            case Block:
                LocalDisk.Remove(store, paths);
                break;
            case { } script:
                Run(script, store, paths, paths.Kind == "vif" ? ["offline", "type_if=vif"] : ["remove"]);
                break;
        }
    }

    private static void Run(string script, StoreClient store, DevicePaths paths, string[] arguments)
    {
        if (!File.Exists(script))
        {
            throw new DeviceException($"the hotplug script {script} is not there: correct script=, or install it");
        }

        string said = $"/run/xen/hotplug.{System.Environment.ProcessId}";
        Directory.CreateDirectory("/run/xen");
        var process = ChildProcess.Start(script, arguments, "/dev/null", said, Environment(script, store, paths)) ?? throw new DeviceException($"cannot start {script}");
        try
        {
            if (process.WaitForEnd(s_patience) is not { } status)
            {
                process.Destroy();
                throw new DeviceException($"the hotplug script {script} took longer than {s_patience.TotalSeconds} seconds, and was ended");
            }

            if (status != 0)
            {
                string why = store.Find($"{paths.BackendPath}/hotplug-error") ?? File.ReadAllText(said).Trim();
                throw new DeviceException($"the hotplug script {script} failed ({status}){(why.Length == 0 ? "" : $": {why}")}");
            }
        }
        finally
        {
            File.Delete(said);
        }
    }

    private static List<KeyValuePair<string, string>> Environment(string script, StoreClient store, DevicePaths paths)
    {
        List<KeyValuePair<string, string>> variables =
        [
            new("script", script), new("XENBUS_TYPE", paths.Kind), new("XENBUS_PATH", paths.RelativeBackend), new("XENBUS_BASE_PATH", "backend"),
        ];
        if (paths.Kind == "vif")
        {
            variables.Add(new("netdev", store.Find($"{paths.Record}/gatewaydev") ?? ""));
            variables.Add(new("vif", VifAttacher.InterfaceOf(store, paths)));
        }

        return variables;
    }
}
