namespace Sharpen.Xl.Commands;

/// <summary><c>xl reboot</c></summary>
public sealed class RebootCommand : PowerCommand
{
    public override string Name => "reboot";

    public override string Summary => "Ask a domain to reboot";

    public override string Example => "reboot web";

    protected override string Request => "reboot";

    protected override string Announcement => "Rebooting";
}
