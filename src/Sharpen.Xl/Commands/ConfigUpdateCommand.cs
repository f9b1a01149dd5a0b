using System.Linq;
using System.Text;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl config-update</c></summary>
public sealed class ConfigUpdateCommand : Command
{
    public override string Name => "config-update";

    public override string Summary => "Set the configuration with which a domain is made again after a reboot";

    public override string Arguments => "<Domain> <ConfigFile> [options] [key=value ...]";

    public override string Example => "config-update web /etc/xen/web.cfg";

    public override int Least => 1;

    public override Option[] Options => [new('f', "defconfig", "FILE", "the file"), new('d', "", "", "say more")];

    public override int Run(Context context, Parsed line)
    {
        var info = context.Existing(line.Arguments[0]);
        string path = line.Value("defconfig") ?? line.Arguments.Skip(1).FirstOrDefault(static word => !word.Contains('=')) ??
            throw new CommandException(1, "name the file with the new configuration");
        string text = ConfigDocument.ReadText(path);
        var document = ConfigDocument.Parse(path, text);
        foreach (string setting in line.Arguments.Skip(1).Where(static word => word.Contains('=')))
        {
            document.Add("(command line)", setting);
            text += "\n" + setting;
        }

        var defaults = ToolDefaultsReader.ReadFile(ToolDefaults.UsualPath);
        var config = DomainConfigReader.Read(path, document, defaults, out _);
        SavedConfig.Write(info.Id, info.Uuid, SavedConfig.Text, Encoding.UTF8.GetBytes(text));
        SavedConfig.Write(info.Id, info.Uuid, SavedConfig.Json, ConfigJson.Write(config, info.Uuid, defaults));
        return 0;
    }
}
