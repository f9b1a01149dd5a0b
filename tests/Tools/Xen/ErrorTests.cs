using Sharpen.Abi;
using Sharpen.Xen;
using Sharpen.Xen.Store;
using Xunit;

namespace Sharpen.ToolsTests.Xen;

public sealed class ErrorTests
{
    [Fact]
    public void An_error_says_what_was_tried_on_whom_and_why() =>
        Assert.Equal("cannot pause domain 5: no such domain (ESRCH)", new XenException("pause", new DomainId(5), Errno.Srch).Message);

    [Theory]
    [InlineData(Errno.Inval, "EINVAL")]
    [InlineData(Errno.TooBig, "E2BIG")]
    [InlineData(Errno.NoEnt, "ENOENT")]
    [InlineData(Errno.Again, "EAGAIN")]
    [InlineData(Errno.Acces, "EACCES")]
    public void An_error_has_its_C_name(Errno error, string name)
    {
        Assert.Equal(name, ErrnoText.Name(error));
        Assert.Equal(error, ErrnoText.Parse(name));
    }

    [Fact]
    public void A_name_that_is_no_error_is_EIO() => Assert.Equal(Errno.Io, ErrnoText.Parse("EBANANAS"));

    [Theory]
    [InlineData("r5", true)]
    [InlineData("b0", true)]
    [InlineData("x5", false)]
    [InlineData("r", false)]
    [InlineData("r-1", false)]
    [InlineData("r70000", false)]
    public void Permissions_are_a_letter_and_a_domain(string text, bool valid)
    {
        Assert.Equal(valid, StorePermission.TryParse(text, out StorePermission permission));
        Assert.True(!valid || permission.ToString() == text);
    }
}
