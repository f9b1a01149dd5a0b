using System;
using Sharpen.Xen.Control;
using Xunit;

namespace Sharpen.ToolsTests.Xen;

public sealed class FileControlTests
{
    [Theory]
    [InlineData("128", 4, HypervisorFileType.Unsigned, new byte[] { 128, 0, 0, 0 })]
    [InlineData("0xff", 1, HypervisorFileType.Unsigned, new byte[] { 255 })]
    [InlineData("18446744073709551615", 8, HypervisorFileType.Unsigned, new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 })]
    [InlineData("-2", 2, HypervisorFileType.Signed, new byte[] { 254, 255 })]
    [InlineData("on", 1, HypervisorFileType.Flag, new byte[] { 1 })]
    [InlineData("no", 1, HypervisorFileType.Flag, new byte[] { 0 })]
    [InlineData("ab", 9, HypervisorFileType.Text, new byte[] { 97, 98, 0 })]
    public void A_text_becomes_what_the_file_holds(string text, int bytes, HypervisorFileType type, byte[] content) =>
        Assert.Equal(content, FileControl.Convert(text, bytes, type));

    [Theory]
    [InlineData("256", 1, HypervisorFileType.Unsigned)]
    [InlineData("-1", 4, HypervisorFileType.Unsigned)]
    [InlineData("128", 1, HypervisorFileType.Signed)]
    [InlineData("18446744073709551616", 8, HypervisorFileType.Unsigned)]
    [InlineData("99999999999999999999999999999999999999999999", 8, HypervisorFileType.Unsigned)]
    [InlineData("0x", 4, HypervisorFileType.Unsigned)]
    [InlineData("many", 4, HypervisorFileType.Unsigned)]
    [InlineData("", 4, HypervisorFileType.Signed)]
    [InlineData("maybe", 1, HypervisorFileType.Flag)]
    [InlineData("1", 3, HypervisorFileType.Unsigned)]
    [InlineData("x", 0, HypervisorFileType.Folder)]
    public void What_does_not_fit_is_refused(string text, int bytes, HypervisorFileType type) =>
        Assert.Throws<FormatException>(() => FileControl.Convert(text, bytes, type));
}
