using System.Collections.Generic;
using System.Reflection;
using Xunit.Sdk;

namespace Sharpen.SystemTests;

/// <summary>The matrix of machines: chipset by processors by memory by loader, as options of <c>./run</c>.</summary>
public sealed class MachineMatrixAttribute : DataAttribute
{
    private static readonly string[] s_machines = ["pc", "q35"];
    private static readonly string[] s_processors = ["1", "2", "16"];
    private static readonly string[] s_memories = ["256M", "8G"];
    private static readonly string[] s_loaders = ["", " --iso mb1", " --iso mb2"];

    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        foreach (string machine in s_machines)
        {
            foreach (string processors in s_processors)
            {
                foreach (string memory in s_memories)
                {
                    foreach (string loader in s_loaders)
                    {
                        yield return [$"--machine {machine} --smp {processors} --mem {memory}{loader}"];
                    }
                }
            }
        }
    }
}
