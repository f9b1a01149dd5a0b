using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Efi;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>Calls a service of EFI's: time of day, wake-up, variables. What it answers stands in the structure. <see cref="Errno.NoSys"/>: the host was started without EFI, or it told too little; <see cref="Errno.Inval"/>: no such service, or unknown flags; <see cref="Errno.NoMem"/>: the value is too large; <see cref="Errno.Fault"/>: a name or value cannot be read or written.</summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.CallEfi, WritesBack = true)]
public readonly struct PlatformCallEfi : IHypercall<PlatformFirmwareCall>
{
    private const uint GetTime = 1;
    private const uint SetTime = 2;
    private const uint GetWakeup = 3;
    private const uint SetWakeup = 4;
    private const uint NextCount = 5;
    private const uint GetVariable = 6;
    private const uint SetVariable = 7;
    private const uint NextVariable = 8;
    private const uint QueryStore = 9;

    private const uint ClearsNanoseconds = 1;
    private const uint Enabled = 1;
    private const uint Pending = 2;
    private const uint Enable = 1;
    private const uint EnableOnly = 2;

    public static Answer Execute(ref Vcpu caller, ref PlatformFirmwareCall arguments)
    {
        if (!EfiServices.IsPresent)
        {
            return Errno.NoSys;
        }

        uint known = arguments.Function switch
        {
            SetWakeup => Enable | EnableOnly,
            SetVariable => uint.MaxValue,
            _ => 0,
        };
        if ((arguments.Flags & ~known) != 0)
        {
            return Errno.Inval;
        }

        switch (arguments.Function)
        {
            case GetVariable:
                return EfiVariables.Get(ref caller, ref arguments);
            case SetVariable:
                return EfiVariables.Set(ref caller, ref arguments);
            case NextVariable:
                return EfiVariables.Next(ref caller, ref arguments);
            case >= GetTime and <= QueryStore:
                arguments.Status = Simple(ref caller, ref arguments);
                return 0;
            default:
                return Errno.Inval;
        }
    }

    // Those whose arguments all stand in the structure.
    private static ulong Simple(ref Vcpu caller, ref PlatformFirmwareCall arguments)
    {
        ulong status;
        switch (arguments.Function)
        {
            case GetTime:
                status = EfiServices.GetTime(ref caller.Context, ref arguments.Time, out arguments.Resolution, out arguments.Accuracy, out bool clears);
                arguments.Flags = clears ? ClearsNanoseconds : 0;
                return status;
            case SetTime:
                return EfiServices.SetTime(ref caller.Context, in arguments.Time);
            case GetWakeup:
                status = EfiServices.GetWakeup(ref caller.Context, ref arguments.Time, out bool isEnabled, out bool isPending);
                arguments.Flags = (isEnabled ? Enabled : 0) | (isPending ? Pending : 0);
                return status;
            case SetWakeup:
                bool hasTime = (arguments.Flags & EnableOnly) == 0;
                return EfiServices.SetWakeup(ref caller.Context, (arguments.Flags & Enable) != 0, in arguments.Time, hasTime);
            case NextCount:
                return EfiServices.NextCount(ref caller.Context, out arguments.Flags);
            default:
                return EfiServices.QueryStore(
                    ref caller.Context, arguments.StoreAttributes, out arguments.StoreBytes, out arguments.StoreFreeBytes, out arguments.StoreLargestBytes);
        }
    }
}
