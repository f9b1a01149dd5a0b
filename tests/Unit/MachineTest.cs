using System;
using Sharpen.Machine.Simulation;

namespace Sharpen.Unit;

/// <summary>A test that runs on a simulated machine of its own.</summary>
public abstract class MachineTest : IDisposable
{
    /// <summary>Makes the machine and binds it to the test's thread.</summary>
    protected MachineTest()
    {
        Machine = new SimulatedMachine();
        Machine.Bind();
    }

    /// <summary>The machine.</summary>
    protected SimulatedMachine Machine { get; }

    /// <summary>What came out of the serial port, as lines.</summary>
    protected string[] Lines => Machine.SerialText.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public void Dispose()
    {
        Machine.Dispose();
        GC.SuppressFinalize(this);
    }
}
