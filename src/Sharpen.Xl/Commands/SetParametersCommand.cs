using System;
using System.Text;
using Sharpen.Abi;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl set-parameters</c></summary>
public sealed class SetParametersCommand : Command
{
    private const ulong WriteContents = 3;

    public override string Name => "set-parameters";

    public override string Summary => "Change options of the hypervisor's command line while it runs";

    public override string Arguments => "<Params>";

    public override string Example => "set-parameters gnttab_max_frames=128";

    public override int Least => 1;

    public override int Run(Context context, Parsed line)
    {
        foreach (string setting in line.Arguments[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = setting.IndexOf('=');
            string name = equals < 0 ? setting : setting[..equals];
            Set(context, name, equals < 0 ? "1" : setting[(equals + 1)..]);
        }

        return 0;
    }

    // They are nodes of the hypervisor's own file system. Source: hypfs.h.
    private static void Set(Context context, string name, string value)
    {
        byte[] path = Encoding.UTF8.GetBytes($"/params/{name}\0");
        byte[] data = Encoding.UTF8.GetBytes($"{value}\0");
        using var buffer = context.Host.Xen.Device.Allocate(path.Length + data.Length);
        path.CopyTo(buffer.Bytes);
        data.CopyTo(buffer.Bytes[path.Length..]);
        context.Host.Xen.Device.TryCall(Hypercall.HypFsOp, [WriteContents, buffer.Address, (ulong)path.Length, buffer.Address + (ulong)path.Length, (ulong)data.Length], out var error);
        if (error == Errno.NoEnt)
        {
            throw new CommandException(1, $"the hypervisor has no option '{name}' that can be changed while it runs");
        }

        if (error != Errno.None)
        {
            throw new CommandException(1, $"the hypervisor refuses {name}={value}: {Sharpen.Xen.ErrnoText.Describe(error)}");
        }
    }
}
