using Sharpen.Machine.Collections;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Domains;

/// <summary>The physical interrupts of one domain; only those that have any have a table. Under the domain's event lock.</summary>
internal struct PirqTable
{
    /// <summary>Numbers of physical interrupts are below this.</summary>
    internal const int Count = 1024;

    internal Fixed1024<Pirq> Entries;

    /// <summary>The page where the domain reads which of them it must end.</summary>
    internal KeptPage EndPage;

    /// <summary>Ending an interrupt also unmasks its port.</summary>
    internal bool EndUnmasks;
}
