using System;
using Sharpen.Abi;
using Xunit;

namespace Sharpen.Simulation.Hypercalls;

/// <summary>A world whose caller is a toolstack's domain: command and version stand in memory, the structure behind them.</summary>
internal sealed class ToolCalls : IDisposable
{
    /// <summary>Where a structure is put that does not begin with a domain.</summary>
    public const ulong Structure = CallerWorld.Scratch + 8;

    /// <summary>Where a structure for an operation on a domain is put.</summary>
    public const ulong DomctlStructure = CallerWorld.Scratch + 16;

    /// <summary>Where lists are put.</summary>
    public const ulong List = CallerWorld.Scratch + 0x200;

    private const uint ToolsVersion = 0x15;
    private const uint MachineCheckVersion = 0x01ec_c003;

    public ToolCalls()
    {
        World.Domain.IsPrivileged = true;
        World.BringCpuOnline();
    }

    /// <summary>The world.</summary>
    public CallerWorld World { get; } = new();

    public void Dispose() => World.Dispose();

    public long Sysctl<T>(SysctlCommand command, T arguments, uint version = ToolsVersion)
        where T : unmanaged, IAbiData => Call(Hypercall.Sysctl, (uint)command, version, arguments);

    public long Mca<T>(McaCommand command, T arguments, uint version = MachineCheckVersion)
        where T : unmanaged, IAbiData => Call(Hypercall.Arch0, (uint)command, version, arguments);

    public long Domctl<T>(DomctlCommand command, ushort domain, T arguments, uint version = ToolsVersion)
        where T : unmanaged, IAbiData
    {
        CallerWorld.Store(CallerWorld.Scratch, ((uint)command, version));
        CallerWorld.Store(CallerWorld.Scratch + 8, (ulong)domain);
        CallerWorld.Store(DomctlStructure, arguments);
        return World.Call(Hypercall.Domctl, CallerWorld.Scratch);
    }

    /// <summary>The structure as the call left it.</summary>
    public static T Result<T>()
        where T : unmanaged, IAbiData => CallerWorld.Load<T>(Structure);

    /// <summary>The same after an operation on a domain.</summary>
    public static T DomctlResult<T>()
        where T : unmanaged, IAbiData => CallerWorld.Load<T>(DomctlStructure);

    /// <summary>The error that a call answered.</summary>
    public static void Refused(Errno error, long answer) => Assert.Equal(-(long)error, answer);

    private long Call<T>(Hypercall number, uint command, uint version, T arguments)
        where T : unmanaged, IAbiData
    {
        CallerWorld.Store(CallerWorld.Scratch, (command, version));
        CallerWorld.Store(Structure, arguments);
        return World.Call(number, CallerWorld.Scratch);
    }
}
