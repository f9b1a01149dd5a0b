namespace Sharpen.Xl.Commands;

/// <summary><c>xl dmesg</c></summary>
public sealed class DmesgCommand : Command
{
    public override string Name => "dmesg";

    public override string Summary => "Print the hypervisor's messages";

    public override string Arguments => "[-c]";

    public override string Example => "dmesg -c";

    public override Option[] Options => [new('c', "clear", "", "forget them afterwards"), Json.Option];

    public override int Run(Context context, Parsed line)
    {
        string text = context.Host.Xen.Host.ReadConsole(line.Has("clear"));
        if (line.Has("json"))
        {
            Json.Print(context, json =>
            {
                json.WriteStartArray();
                foreach (string message in text.TrimEnd('\n').Split('\n'))
                {
                    json.WriteStringValue(message);
                }

                json.WriteEndArray();
            });
        }
        else
        {
            context.Out.Write(text);
        }

        return 0;
    }
}
