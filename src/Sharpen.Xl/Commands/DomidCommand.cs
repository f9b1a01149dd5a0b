using Sharpen.Toolstack.Lifecycle;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl domid</c></summary>
public sealed class DomidCommand : Command
{
    public override string Name => "domid";

    public override string Summary => "Print the number of the domain with a name";

    public override string Arguments => "<DomainName>";

    public override string Example => "domid web";

    public override Option[] Options => [Json.Option];

    public override int Least => 1;

    public override int Run(Context context, Parsed line)
    {
        string name = line.Arguments[0];
        if (DomainNames.FindByName(context.Host.Store, name) is not { } domain)
        {
            throw new CommandException(1, $"there is no domain '{name}': 'xl list' shows all");
        }

        if (line.Has("json"))
        {
            Json.Print(context, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("domid", domain.Value);
                json.WriteString("name", name);
                json.WriteEndObject();
            });
        }
        else
        {
            context.Out.Line($"{domain.Value}");
        }

        return 0;
    }
}
