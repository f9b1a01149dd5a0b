using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.Abi;

namespace Sharpen.Toolstack.Building;

/// <summary>What is written into a new PV guest's pages before it runs.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="ramdisk">The ramdisk; empty for none.</param>
/// <param name="commandLine">The kernel's command line.</param>
/// <param name="layout">Where everything lies.</param>
public sealed class PvImage(ElfKernel kernel, ReadOnlyMemory<byte> ramdisk, string commandLine, PvLayout layout)
{
    /// <summary>Most bytes of a command line, with the zero behind it.</summary>
    public const int MostCommandLine = 1024;

    private const int PageSize = PvLayout.PageSize;

    /// <summary>Where everything lies.</summary>
    public PvLayout Layout => layout;

    /// <summary>Where the kernel begins.</summary>
    public ulong Entry => kernel.Entry;

    /// <summary>The page of hypercalls, or null when the kernel has none.</summary>
    /// <exception cref="ImageException">It is not in the kernel.</exception>
    public ulong? HypercallPage
    {
        get
        {
            if (kernel.Notes.HypercallPage is not { } address)
            {
                return null;
            }

            ulong offset = unchecked(address - layout.VirtualBase);
            return address % PageSize == 0 && offset < kernel.End ? offset / PageSize
                : throw new ImageException($"the kernel wants its hypercall page at {address:x}, which is not in it");
        }
    }

    /// <summary>Writes it all.</summary>
    /// <param name="pages">The guest's pages from <see cref="PvLayout.First"/> up to <see cref="PvLayout.End"/>; whatever is in them.</param>
    /// <param name="frames">The machine frame of each page of the guest.</param>
    /// <param name="start">What the hypervisor gave the guest.</param>
    public void Write(Span<byte> pages, ReadOnlySpan<ulong> frames, in PvStart start)
    {
        WriteKernel(Part(pages, layout.First, layout.Ramdisk - layout.First));
        var image = Part(pages, layout.Ramdisk, ((ulong)ramdisk.Length + PageSize - 1) / PageSize);
        ramdisk.Span.CopyTo(image);
        image[ramdisk.Length..].Clear();

        var list = Part(pages, layout.P2m, layout.P2mPages);
        MemoryMarshal.AsBytes(frames).CopyTo(list);
        list[(frames.Length * sizeof(ulong))..].Clear();

        Part(pages, layout.StartInfo, layout.End - layout.StartInfo - (layout.HasOwnP2mAddress ? layout.P2mPages : 0)).Clear();
        WriteStartInfo(Part(pages, layout.StartInfo, 1), frames, in start);
        new PvMappings(layout).Write(MemoryMarshal.Cast<byte, ulong>(Part(pages, layout.Tables, layout.TablePages)), frames);
    }

    private Span<byte> Part(Span<byte> pages, ulong first, ulong count) => pages.Slice((int)((first - layout.First) * PageSize), (int)(count * PageSize));

    // Everything below the ramdisk is the kernel's, and zero where its file has nothing. Segments may stand in any order, and overlap.
    private void WriteKernel(Span<byte> pages)
    {
        int written = 0;
        foreach (var segment in kernel.Segments)
        {
            int start = (int)(segment.PhysicalAddress - (layout.First * PageSize));
            if (start > written)
            {
                pages[written..start].Clear();
            }

            kernel.File.AsSpan(segment.Offset, segment.FileBytes).CopyTo(pages[start..]);
            written = Math.Max(written, start + segment.FileBytes);
        }

        pages[written..].Clear();
    }

    private void WriteStartInfo(Span<byte> page, ReadOnlySpan<ulong> frames, in PvStart start)
    {
        ref var info = ref MemoryMarshal.AsRef<StartInfo>(page[..Unsafe.SizeOf<StartInfo>()]);
        "xen-3.0-x86_64"u8.CopyTo(MemoryMarshal.AsBytes(new Span<Bytes32>(ref info.Magic)));
        info.PageCount = layout.Pages;
        info.SharedInfoAddress = start.SharedInfoFrame * PageSize;
        info.StoreMfn = frames[(int)layout.Store];
        info.StorePort = start.StorePort;
        info.ConsoleMfn = frames[(int)layout.Console];
        info.ConsolePort = start.ConsolePort;
        info.PageTableBase = layout.Address(layout.Tables);
        info.PageTableFrames = layout.TablePages;
        info.MfnList = layout.P2mAddress;
        if (layout.HasOwnP2mAddress)
        {
            info.FirstP2mPfn = layout.P2m;
            info.P2mFrames = layout.P2mPages;
        }

        if (!ramdisk.IsEmpty)
        {
            info.ModuleStart = layout.Address(layout.Ramdisk);
            info.ModuleBytes = (ulong)ramdisk.Length;
        }

        var text = MemoryMarshal.AsBytes(new Span<Bytes1024>(ref info.CommandLine));
        byte[] line = Encoding.UTF8.GetBytes(commandLine);
        line.AsSpan(0, Math.Min(line.Length, MostCommandLine - 1)).CopyTo(text);
    }
}
