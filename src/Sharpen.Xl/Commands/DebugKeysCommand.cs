namespace Sharpen.Xl.Commands;

/// <summary><c>xl debug-keys</c></summary>
public sealed class DebugKeysCommand : Command
{
    public override string Name => "debug-keys";

    public override string Summary => "Press the hypervisor's debug keys; 'xl dmesg' shows what it says";

    public override string Arguments => "<Keys>";

    public override string Example => "debug-keys h";

    public override int Least => 1;

    public override int Run(Context context, Parsed line)
    {
        context.Host.Xen.Host.PressKeys(line.Arguments[0]);
        return 0;
    }
}
