using System.Globalization;
using Sharpen.Abi;
using Sharpen.Toolstack.Lifecycle;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl domname</c></summary>
public sealed class DomnameCommand : Command
{
    public override string Name => "domname";

    public override string Summary => "Print the name of the domain with a number";

    public override string Arguments => "<DomainId>";

    public override string Example => "domname 3";

    public override Option[] Options => [Json.Option];

    public override int Least => 1;

    public override int Run(Context context, Parsed line)
    {
        if (!ushort.TryParse(line.Arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
        {
            throw new CommandException(1, $"'{line.Arguments[0]}' is no domain's number");
        }

        string name = DomainNames.Find(context.Host, new DomainId(number)) ??
            throw new CommandException(1, $"domain {number} has no name: 'xl list' shows what is there");
        if (line.Has("json"))
        {
            Json.Print(context, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("domid", number);
                json.WriteString("name", name);
                json.WriteEndObject();
            });
        }
        else
        {
            context.Out.Line(name);
        }

        return 0;
    }
}
