namespace Sharpen.Xl.Commands;

/// <summary><c>xl shutdown</c></summary>
public sealed class ShutdownCommand : PowerCommand
{
    public override string Name => "shutdown";

    public override string Summary => "Ask a domain to power itself off";

    public override string Example => "shutdown -w web";

    protected override string Request => "poweroff";

    protected override string Announcement => "Shutting down";
}
