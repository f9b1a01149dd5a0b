using Sharpen.Abi;
using Sharpen.Machine.Results;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>Shorthand for what must succeed.</summary>
internal static class Expectations
{
    public static void Expect(this Result result) => Assert.Equal(Errno.None, result.Error);

    public static T Expect<T>(this Result<T> result)
        where T : unmanaged
    {
        Assert.True(result.Try(out T value, out Errno error), $"{error}");
        return value;
    }
}
