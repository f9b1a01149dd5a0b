using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.Abi;
using Sharpen.Xen.Control;
using Sharpen.Xen.Native;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>Writes the memory of a PV domain into an ELF file that tools for crash dumps read: sections with the context of each vCPU, the
/// shared info, the frame of each page, and the pages. Source: the format's description, dump-core-format.txt, version 0.1.</summary>
public static class CoreDump
{
    private const int PageSize = 4096;
    private const int PagesAtOnce = 1024;
    private const int SectionHeaderBytes = 64;
    private const uint Progbits = 1;
    private const uint StringTable = 3;
    private const uint Note = 7;

    /// <summary>Writes a dump of a domain, which is paused meanwhile.</summary>
    /// <param name="reached">Told how many pages of how many are written.</param>
    public static void Write(Host host, DomainId domain, string path, Action<long, long>? reached = null)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        Directory.CreateDirectory(folder ?? "/");
        host.Xen.Domains.Pause(domain);
        try
        {
            using var stream = new FileStream(path, FileMode.Create, FileAccess.ReadWrite);
            Write(host.Xen, domain, stream, reached);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
        finally
        {
            host.Xen.Domains.Unpause(domain);
        }
    }

    private static void Write(XenControl xen, DomainId domain, Stream stream, Action<long, long>? reached)
    {
        var info = xen.Domains.Get(domain);
        using var shared = xen.Device.MapForeign(domain, [info.SharedInfoFrame], writable: false);
        byte[] contexts = Contexts(xen, domain, (int)info.HighestVcpu + 1);
        var p2m = FrameList.Read(xen, domain, shared.Bytes);
        long pagesAt = Align(PageSize + contexts.Length + PageSize + (p2m.Count * 16));
        stream.Position = pagesAt;
        var written = WritePages(xen, domain, p2m, stream, reached);
        long namesAt = stream.Position;
        var sections = new List<(string Name, uint Type, long At, long Bytes, long Entry)>
        {
            (".note.Xen", Note, PageSize / 2, 0, 0),
            (".xen_prstatus", Progbits, PageSize, contexts.Length, Unsafe.SizeOf<VcpuGuestContext>()),
            (".xen_shared_info", Progbits, PageSize + contexts.Length, PageSize, PageSize),
            (".xen_p2m", Progbits, PageSize + contexts.Length + PageSize, written.Count * 16, 16),
            (".xen_pages", Progbits, pagesAt, (long)written.Count * PageSize, PageSize),
        };
        byte[] notes = Notes(xen, info, written.Count);
        sections[0] = sections[0] with { Bytes = notes.Length };
        stream.Write(Names(sections, out var offsets));
        long headersAt = (stream.Position + 7) & ~7L;
        stream.Position = headersAt;
        stream.Write(Headers(sections, offsets, namesAt, headersAt - namesAt));
        stream.Position = 0;
        stream.Write(Head(headersAt, sections.Count + 2));
        stream.Position = PageSize / 2;
        stream.Write(notes);
        stream.Position = PageSize;
        stream.Write(contexts);
        stream.Write(shared.Bytes[..PageSize]);
        stream.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(written)));
    }

    private static long Align(long offset) => (offset + PageSize - 1) / PageSize * PageSize;

    private static byte[] Contexts(XenControl xen, DomainId domain, int vcpus)
    {
        var contexts = new List<VcpuGuestContext>();
        for (int vcpu = 0; vcpu < vcpus; vcpu++)
        {
            if (xen.Vcpus.Get(domain, vcpu).IsOnline != 0)
            {
                contexts.Add(xen.Vcpus.GetContext(domain, vcpu));
            }
        }

        return MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(contexts)).ToArray();
    }

    // A page that cannot be mapped, because the guest gave it away meanwhile, is left out.
    private static List<(ulong Page, ulong Frame)> WritePages(XenControl xen, DomainId domain, List<(ulong Page, ulong Frame)> p2m, Stream stream, Action<long, long>? reached)
    {
        var written = new List<(ulong Page, ulong Frame)>(p2m.Count);
        ulong[] frames = new ulong[PagesAtOnce];
        int[] errors = new int[PagesAtOnce];
        for (int done = 0; done < p2m.Count; done += PagesAtOnce)
        {
            reached?.Invoke(done, p2m.Count);
            int count = Math.Min(PagesAtOnce, p2m.Count - done);
            for (int i = 0; i < count; i++)
            {
                frames[i] = p2m[done + i].Frame;
            }

            using MappedMemory pages = xen.Device.MapForeign(domain, frames.AsSpan(0, count), errors.AsSpan(0, count), writable: false);
            for (int i = 0; i < count; i++)
            {
                if (errors[i] == 0)
                {
                    stream.Write(pages.Bytes.Slice(i * PageSize, PageSize));
                    written.Add(p2m[done + i]);
                }
            }
        }

        return written;
    }

    private static byte[] Notes(XenControl xen, in DomainInfo info, int pages)
    {
        var stream = new MemoryStream();
        void Add(uint type, ReadOnlySpan<byte> value)
        {
            stream.Write(MemoryMarshal.AsBytes([4u, (uint)value.Length, type]));
            stream.Write("Xen\0"u8);
            stream.Write(value);
        }

        (int major, int minor) = xen.Version.Version;
        byte[] version = new byte[16 + 16 + 64 + 16 + 32 + 32 + 1024 + 64 + 8 + 8];
        MemoryMarshal.Write(version, (ulong)major);
        MemoryMarshal.Write(version.AsSpan(8), (ulong)minor);
        Encoding.ASCII.GetBytes(xen.Version.ExtraVersion, version.AsSpan(16));
        Add(0x2000000, []);
        Add(0x2000001, MemoryMarshal.AsBytes([0xF00FEBEDul, info.HighestVcpu + 1ul, (ulong)pages, (ulong)PageSize]));
        Add(0x2000002, version);
        Add(0x2000003, MemoryMarshal.AsBytes([1ul]));
        return stream.ToArray();
    }

    private static byte[] Names(List<(string Name, uint Type, long At, long Bytes, long Entry)> sections, out List<int> offsets)
    {
        var text = new StringBuilder("\0");
        offsets = [];
        foreach (var section in sections)
        {
            offsets.Add(text.Length);
            text.Append(section.Name).Append('\0');
        }

        offsets.Add(text.Length);
        return Encoding.ASCII.GetBytes(text.Append(".shstrtab\0").ToString());
    }

    private static byte[] Headers(List<(string Name, uint Type, long At, long Bytes, long Entry)> sections, List<int> names, long namesAt, long nameBytes)
    {
        byte[] headers = new byte[(sections.Count + 2) * SectionHeaderBytes];
        void Write(int index, int name, uint type, long at, long bytes, long entry)
        {
            var header = headers.AsSpan(index * SectionHeaderBytes, SectionHeaderBytes);
            MemoryMarshal.Write(header, (uint)name);
            MemoryMarshal.Write(header[4..], type);
            MemoryMarshal.Write(header[24..], at);
            MemoryMarshal.Write(header[32..], bytes);
            MemoryMarshal.Write(header[48..], (long)(type == Progbits ? 8 : 1));
            MemoryMarshal.Write(header[56..], entry);
        }

        for (int i = 0; i < sections.Count; i++)
        {
            Write(i + 1, names[i], sections[i].Type, sections[i].At, sections[i].Bytes, sections[i].Entry);
        }

        Write(sections.Count + 1, names[^1], StringTable, namesAt, nameBytes, 0);
        return headers;
    }

    private static byte[] Head(long headersAt, int sections)
    {
        byte[] head = new byte[64];
        ReadOnlySpan<byte> identification = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 1];
        identification.CopyTo(head);
        MemoryMarshal.Write(head.AsSpan(16), (ushort)4);
        MemoryMarshal.Write(head.AsSpan(18), (ushort)62);
        MemoryMarshal.Write(head.AsSpan(20), 1u);
        MemoryMarshal.Write(head.AsSpan(40), headersAt);
        MemoryMarshal.Write(head.AsSpan(52), (ushort)64);
        MemoryMarshal.Write(head.AsSpan(58), (ushort)SectionHeaderBytes);
        MemoryMarshal.Write(head.AsSpan(60), (ushort)sections);
        MemoryMarshal.Write(head.AsSpan(62), (ushort)(sections - 1));
        return head;
    }
}
