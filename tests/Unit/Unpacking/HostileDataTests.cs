using System;
using Sharpen.Hypervisor.Unpacking;
using Sharpen.Machine.Memory;
using Sharpen.Machine.State;
using Sharpen.Unit.Memory;
using Xunit;

namespace Sharpen.Unit.Unpacking;

/// <summary>Spoilt data ends in an error, never in an exception, and never reaches beyond the destination.</summary>
public sealed class HostileDataTests : MachineTest
{
    private const int Guard = 64;
    private const int Rounds = 4000;

    // 600 bytes of a pattern with a CALL in it, by "xz --x86 --lzma2 --check=crc32", "gzip -9" and "zstd -19 --check".
    private static readonly byte[] s_xz = Convert.FromHexString("fd377a585a0000016922de3602010400210116000d86351fe0025700715d0074053fe00bed8b2f228d13384b599d27f066acc14c255d53f79f853c4b"
        + "2ef99d881a78010f7c644e949e7bf5f32a23815e9ec9f612ed15009c276f98339021840f6fea2c7065e737e3214fbbb89326b1146f717c6bb19a5811"
        + "ead76e90d453e381d27efd5e3bb7c7656b26743854e05c8400000000aed178bb00018901d8040000d78163233e300d8b020000000001595a");

    private static readonly byte[] s_gzip = Convert.FromHexString("1f8b08000000000002037b21a0c0c0909c9893a3909897a290559a5bf0f2c3ffffff191899985958d9d83938b9b87978f9f8050485844544c5c42524"
        + "a5a46564e5e4151495945554d5d45f8c6a1fd58e4d3b00aed178bb58020000");

    private static readonly byte[] s_zstd = Convert.FromHexString("28b52ffd0468450200f403e81020000063616c6c20616e64206a756d70e9f0ffffff000102030405060708090a0b0c0d0e0f10111213141516171819"
        + "1a1b1c1d1e1f202122232425262701006f41a8021413d41023");

    public HostileDataTests() => Assert.True(MemoryBoot.Initialise([MemoryWorld.OneGranule]).Try(out _));

    private delegate UnpackFault Unpacker(byte[] packed, Span<byte> destination);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Spoilt_files_end_in_an_error(int seed)
    {
        Random random = new(seed);
        byte[] large = Tools.Mixed(seed, 20_000);
        foreach (byte[] good in new[] { s_xz, Tools.Run("xz", "-c -0 --check=crc64", large), Tools.Run("xz", "-c --x86 --lzma2=lc=1,lp=3", large) })
        {
            Play(random, good, static (packed, destination) => Xz.TryUnpack(packed, destination, out _, out UnpackFault fault) ? UnpackFault.None : fault);
        }

        foreach (byte[] good in new[] { s_zstd, Tools.Run("zstd", "-qc -19 --check", large), Tools.Run("zstd", "-qc -1 --check", large) })
        {
            Play(random, good, static (packed, destination) => Zstd.TryUnpack(packed, destination, out _, out UnpackFault fault) ? UnpackFault.None : fault);
        }

        foreach (byte[] good in new[] { s_gzip, Tools.Run("gzip", "-c", large) })
        {
            Play(random, good, static (packed, destination) => Gzip.TryUnpack(packed, destination, out _, out UnpackFault fault) ? UnpackFault.None : fault);
        }
    }

    /// <summary>Without the container, whose checksums would catch most of it.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Spoilt_streams_end(int seed)
    {
        Random random = new(seed);
        byte[] large = Tools.Mixed(seed, 20_000);
        Play(random, Tools.Run("xz", "-c -0", large)[24..], static (packed, destination) =>
            Lzma2.Unpack(ref Root.Of<UnpackState>().Lzma, packed, destination, out _, out _), mustNotice: false);
        Play(random, Tools.Run("zstd", "-qc -15 --no-check", large), static (packed, destination) =>
            Zstd.TryUnpack(packed, destination, out _, out UnpackFault fault) ? UnpackFault.None : fault, mustNotice: false);
        Play(random, Tools.Run("gzip", "-cn", large)[10..], static (packed, destination) =>
            Inflate.Unpack(ref Root.Of<UnpackState>(), packed, destination, out _, out _), mustNotice: false);
    }

    [Fact]
    public void Branches_anywhere_are_filtered_within_their_bytes()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            byte[] bytes = Tools.Code(seed, seed % 40);
            byte[] guarded = [.. bytes, .. new byte[Guard]];
            X86Branches.Undo(guarded.AsSpan(0, bytes.Length), unchecked((uint)seed * 0x01000193));
            Assert.True(guarded.AsSpan(bytes.Length).IndexOfAnyExcept((byte)0) < 0);
        }
    }

    private static void Play(Random random, byte[] good, Unpacker unpack, bool mustNotice = true)
    {
        byte[] destination = new byte[24_000 + Guard];
        Assert.Equal(UnpackFault.None, unpack(good, destination.AsSpan(0, 24_000)));
        byte[] result = [.. destination];
        for (int round = 0; round < Rounds; round++)
        {
            byte[] spoilt = Spoil(random, good);
            int room = random.Next(24_000);
            destination.AsSpan(room).Fill(0x5a);
            UnpackFault fault = unpack(spoilt, destination.AsSpan(0, room));
            Assert.True(destination.AsSpan(room).IndexOfAnyExcept((byte)0x5a) < 0, "wrote beyond the destination");
            Assert.True(fault != UnpackFault.None || !mustNotice || result.AsSpan(0, 500).SequenceEqual(destination.AsSpan(0, 500)), "unpacked to something else");
        }
    }

    private static byte[] Spoil(Random random, byte[] good)
    {
        byte[] spoilt = random.Next(4) == 0 ? good[..random.Next(good.Length)] : [.. good];
        for (int count = random.Next(1, 6); count > 0 && spoilt.Length > 0; count--)
        {
            int at = random.Next(spoilt.Length);
            spoilt[at] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(spoilt[at] ^ (1 << random.Next(8))),
                _ => random.Next(2) == 0 ? (byte)0xff : (byte)0,
            };
        }

        return spoilt;
    }
}
