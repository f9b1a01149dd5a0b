namespace Sharpen.Xl.Commands;

/// <summary><c>xl cpupool-cpu-remove</c></summary>
public sealed class CpupoolCpuRemoveCommand : CpupoolCpuCommand
{
    public override string Name => "cpupool-cpu-remove";

    public override string Summary => "Take CPUs out of a pool";

    public override string Example => "cpupool-cpu-remove batch 2-3";

    protected override void Act(Context context, uint pool, int cpu) => context.Host.Xen.Pools.RemoveCpu(pool, cpu);
}
