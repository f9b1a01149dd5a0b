using Sharpen.Machine.Collections;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Boot.Loader;

/// <summary>Reads the information structure of Multiboot 1.</summary>
/// <remarks>Source: Multiboot Specification version 0.6.96, "Boot information format".</remarks>
public static class Multiboot1
{
    /// <summary>What the loader leaves in EAX.</summary>
    public const uint Magic = 0x2badb002;

    private const int HeadBytes = 88;
    private const int WholeBytes = 116;
    private const int ModuleBytes = 16;
    private const int TextLimit = 2048;
    private const uint MapLimit = 1 << 20;

    private const uint HasBasicMemory = 1 << 0;
    private const uint HasCommandLine = 1 << 2;
    private const uint HasModules = 1 << 3;
    private const uint HasMemoryMap = 1 << 6;
    private const uint HasLoaderName = 1 << 9;
    private const uint HasScreen = 1 << 12;

    /// <summary>Copies what is there. False when the structure cannot be read at all.</summary>
    public static bool Read(MachineAddress address, ref BootInformation boot)
    {
        ByteFields head = new(FirmwareMemory.Read(address, HeadBytes));
        if (head.Length == 0)
        {
            return false;
        }

        uint flags = head.U32(0);
        boot.Protocol = BootProtocol.Multiboot1;
        boot.CommandLine = (flags & HasCommandLine) != 0 ? boot.AddTextAt(new MachineAddress(head.U32(16)), TextLimit) : default;
        boot.LoaderName = (flags & HasLoaderName) != 0 ? boot.AddTextAt(new MachineAddress(head.U32(64)), 64) : default;
        ReadMemory(flags, in head, ref boot);
        if ((flags & HasModules) != 0)
        {
            ReadModules(new MachineAddress(head.U32(24)), head.U32(20), ref boot);
        }

        if ((flags & HasScreen) != 0)
        {
            ReadScreen(new ByteFields(FirmwareMemory.Read(address, WholeBytes)), ref boot);
        }

        return true;
    }

    private static void ReadMemory(uint flags, in ByteFields head, ref BootInformation boot)
    {
        if ((flags & HasMemoryMap) != 0)
        {
            ReadMap(new MachineAddress(head.U32(48)), head.U32(44), ref boot);
        }

        if ((flags & HasBasicMemory) != 0 && boot.Memory.Count == 0)
        {
            MemoryClaims.AddBasic(ref boot.Memory, head.U32(4), head.U32(8));
        }
    }

    /// <summary>Entries each begin with their own size, which does not count itself.</summary>
    private static void ReadMap(MachineAddress map, uint bytes, ref BootInformation boot)
    {
        uint limit = System.Math.Min(bytes, MapLimit);
        for (uint at = 0; at < limit && limit - at >= 24;)
        {
            ByteFields entry = new(FirmwareMemory.Read(map + at, 24));
            uint size = entry.U32(0);
            if (size < 20 || size > limit - at - 4)
            {
                return;
            }

            MemoryClaims.AddE820(ref boot.Memory, entry.From(4));
            at += size + 4;
        }
    }

    private static void ReadModules(MachineAddress list, uint count, ref BootInformation boot)
    {
        for (uint i = 0; i < count && i < BootInformation.MaxModules; i++)
        {
            ByteFields module = new(FirmwareMemory.Read(list + (i * ModuleBytes), ModuleBytes));
            if (module.Length == 0)
            {
                break;
            }

            boot.AddModule(module.U32(0), module.U32(4), boot.AddTextAt(new MachineAddress(module.U32(8)), TextLimit));
        }

        boot.Lost += count > BootInformation.MaxModules ? 1u : 0;
    }

    private static void ReadScreen(in ByteFields whole, ref BootInformation boot)
    {
        if (whole.Length != 0 && whole.U8(109) <= 2)
        {
            boot.Screen = new BootScreen(
                ScreenKinds.FromMultiboot(whole.U8(109)), new MachineAddress(whole.U64(88)), whole.U32(96), whole.U32(100), whole.U32(104), whole.U8(108));
        }
    }
}
