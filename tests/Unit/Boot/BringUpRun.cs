using Sharpen.Hypervisor.Boot;
using Sharpen.Machine.Simulation;

namespace Sharpen.Unit.Boot;

/// <summary>A whole bring-up on a simulated machine, every CPU of it on the caller's thread.</summary>
public static class BringUpRun
{
    /// <summary>Starts the host. False when it stopped, which it does only after saying why.</summary>
    public static bool Start(SimulatedMachine machine)
    {
        machine.CpuStarted = cpu =>
        {
            int starter = SimulatedMachine.CurrentCpu;
            machine.Bind(cpu.Value);
            BringUp.OtherCpu();
            machine.Bind(starter);
        };
        machine.Bind();
        try
        {
            BringUp.Early();
            BringUp.Main();
            return true;
        }
        catch (CpuStopped)
        {
            machine.Bind();
            return false;
        }
    }
}
