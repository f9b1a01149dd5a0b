using Sharpen.Toolstack.Devices;
using Xunit;

namespace Sharpen.ToolsTests.Toolstack.Devices;

/// <summary>Who else uses what is behind a disk.</summary>
public sealed class DiskSharingTests
{
    private const string Line = "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue";

    [Fact]
    public void A_mounted_device_is_known_by_its_number()
    {
        Assert.Equal("/mnt2", DiskSharing.FolderOf(Line, new Storage(98, 0), isWritten: false));
        Assert.Equal("/mnt2", DiskSharing.FolderOf(Line, new Storage(98, 0), isWritten: true));
        Assert.Null(DiskSharing.FolderOf(Line, new Storage(98, 1), isWritten: false));
        Assert.Null(DiskSharing.FolderOf(Line.Replace("rw,noatime", "ro,noatime"), new Storage(98, 0), isWritten: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("36 35 98 /mnt1 /mnt2 rw")]
    [InlineData("36 35 :0 /mnt1 /mnt2 rw")]
    [InlineData("36 35 0:98 / /proc rw")]
    public void Other_lines_say_nothing(string line) => Assert.Null(DiskSharing.FolderOf(line, new Storage(0, 98), isWritten: false));

    [Fact]
    public void Two_loop_devices_with_one_file_are_the_same()
    {
        Assert.True(new Storage(7, 1, 5, 77).IsSameAs(new Storage(7, 2, 5, 77)));
        Assert.False(new Storage(7, 1, 5, 77).IsSameAs(new Storage(7, 2, 6, 77)));
        Assert.False(new Storage(7, 1).IsSameAs(new Storage(7, 2)));
    }
}
