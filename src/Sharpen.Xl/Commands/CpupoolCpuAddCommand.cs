namespace Sharpen.Xl.Commands;

/// <summary><c>xl cpupool-cpu-add</c></summary>
public sealed class CpupoolCpuAddCommand : CpupoolCpuCommand
{
    public override string Name => "cpupool-cpu-add";

    public override string Summary => "Put CPUs that are in no pool into one";

    public override string Example => "cpupool-cpu-add batch 2-3";

    protected override void Act(Context context, uint pool, int cpu) => context.Host.Xen.Pools.AddCpu(pool, cpu);
}
