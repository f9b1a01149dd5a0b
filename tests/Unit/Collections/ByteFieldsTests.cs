using System;
using CsCheck;
using Sharpen.Machine.Collections;
using Xunit;

namespace Sharpen.Unit.Collections;

public sealed class ByteFieldsTests
{
    private static readonly Gen<int> s_offset = Gen.OneOf(Gen.Int[-2, 40], Gen.Int);

    [Fact]
    public void A_field_inside_is_little_endian_and_one_outside_is_zero() =>
        Gen.Select(Gen.Byte.Array[0, 32], s_offset).Sample((bytes, offset) =>
        {
            ByteFields fields = new(bytes);
            bool Holds(int size) => offset >= 0 && (long)offset + size <= bytes.Length;
            Assert.Equal(Holds(1) ? bytes[offset] : 0, fields.U8(offset));
            Assert.Equal(Holds(2) ? BitConverter.ToUInt16(bytes, offset) : 0, fields.U16(offset));
            Assert.Equal(Holds(4) ? BitConverter.ToUInt32(bytes, offset) : 0, fields.U32(offset));
            Assert.Equal(Holds(8) ? BitConverter.ToUInt64(bytes, offset) : 0, fields.U64(offset));
        });

    [Fact]
    public void A_part_is_never_more_than_there_is() =>
        Gen.Select(Gen.Byte.Array[0, 32], s_offset, s_offset).Sample((bytes, offset, length) =>
        {
            ReadOnlySpan<byte> part = new ByteFields(bytes).Part(offset, length).Bytes;
            int expected = offset < 0 || offset >= bytes.Length || length <= 0 ? 0 : Math.Min(length, bytes.Length - offset);
            Assert.Equal(expected == 0 ? [] : bytes[offset..(offset + expected)], part.ToArray());
        });
}
