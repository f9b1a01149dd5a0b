using System;
using Sharpen.Abi;
using Sharpen.Xen;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl set-parameters</c></summary>
public sealed class SetParametersCommand : Command
{
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

    // They are files of the hypervisor.
    private static void Set(Context context, string name, string value)
    {
        try
        {
            context.Host.Xen.Files.Write($"/params/{name}", value);
        }
        catch (FormatException exception)
        {
            throw new CommandException(1, $"{name}={value}: {exception.Message}");
        }
        catch (XenException refused) when (refused.Error is Errno.NoEnt or Errno.Acces)
        {
            throw new CommandException(1, $"the hypervisor has no option '{name}' that can be changed while it runs");
        }
    }
}
