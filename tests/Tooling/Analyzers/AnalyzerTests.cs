using System.Threading.Tasks;
using Xunit;

namespace Sharpen.Tooling.Analyzers;

public sealed class AnalyzerTests
{
    [Theory]
    [InlineData("sample.Try();", "SH0001")]
    [InlineData("sample.Find();", "SH0001")]
    [InlineData("_ = sample.Try();", "")]
    [InlineData("if (!sample.Find().Try(out int value, out Errno error)) { count = value + (int)error; }", "")]
    public async Task An_error_that_nobody_looks_at_is_refused(string body, string expected) => Assert.Equal(expected, string.Join(' ', await Analyzed.Body(body)));

    [Theory]
    [InlineData("count = Unsafe.SizeOf<int>();", "SH0002")]
    [InlineData("count = MemoryMarshal.Cast<int, byte>(default).Length;", "SH0002")]
    [InlineData("count = Marshal.SizeOf<int>();", "SH0002")]
    public async Task Ways_round_the_type_system_are_refused_in_policy_only(string body, string expected)
    {
        Assert.Equal(expected, string.Join(' ', await Analyzed.Body(body)));
        Assert.Empty(await Analyzed.Body(body, "Sharpen.Machine"));
    }

    [Fact]
    public async Task An_imported_function_is_refused() =>
        Assert.Equal(["SH0002"], await Analyzed.Members("[DllImport(\"c\")] static extern int getpid();"));

    [Theory]
    [InlineData("Func<int, int> twice = static x => 2 * x; count = twice(1);", "SH0003")]
    [InlineData("Action<string> write = Console.WriteLine; write(\"\");", "SH0003")]
    [InlineData("static int Twice(int x) => 2 * x; count = Twice(1);", "")]
    public async Task Delegates_are_refused_and_local_functions_are_not(string body, string expected) => Assert.Equal(expected, string.Join(' ', await Analyzed.Body(body)));

    [Theory]
    [InlineData("_ = new object();", "SH0004")]
    [InlineData("_ = new int[count];", "SH0004")]
    [InlineData("int[] three = [1, 2, 3]; count = three.Length;", "SH0004")]
    [InlineData("ReadOnlySpan<byte> three = [1, 2, 3]; count = three.Length;", "")]
    [InlineData("Span<int> four = stackalloc int[4]; sample = new Sample { Value = four.Length };", "")]
    public async Task Objects_are_refused_and_structs_are_not(string body, string expected) => Assert.Equal(expected, string.Join(' ', await Analyzed.Body(body)));

    [Theory]
    [InlineData("object boxed = count; count = boxed.GetHashCode();", "SH0005")]
    [InlineData("IShape shape = sample; count = shape.Corners;", "SH0005")]
    [InlineData("static int Of<T>(in T shape) where T : struct, IShape => shape.Corners; count = Of(in sample);", "")]
    public async Task Boxes_are_refused_and_constraints_are_not(string body, string expected) => Assert.Equal(expected, string.Join(' ', await Analyzed.Body(body)));

    [Theory]
    [InlineData("throw new InvalidOperationException();", "SH0006")]
    [InlineData("try { count++; } catch { count--; }", "SH0006")]
    [InlineData("try { count++; } finally { count--; }", "")]
    public async Task Exceptions_are_refused_and_finally_is_not(string body, string expected) => Assert.Equal(expected, string.Join(' ', await Analyzed.Body(body)));

    [Fact]
    public async Task Iterators_await_and_lock_are_refused()
    {
        Assert.Contains("SH0007", await Analyzed.Members("static System.Collections.Generic.IEnumerable<int> One() { yield return 1; }"));
        Assert.Contains("SH0007", await Analyzed.Members("static async System.Threading.Tasks.Task One() { await System.Threading.Tasks.Task.Yield(); }"));
        Assert.Contains("SH0007", await Analyzed.Body("lock (Console.Out) { }"));
    }

    [Theory]
    [InlineData("using Locked<HeapRank> held = heap.Enter(NoLocks.Held);", "")]
    [InlineData("Locked<HeapRank> held = default; held.Dispose();", "SH0008")]
    [InlineData("Needs(default(Locked<HeapRank>));", "SH0008")]
    [InlineData("Needs(new Locked<HeapRank>());", "SH0008")]
    public async Task A_forged_lock_is_refused(string body, string expected) =>
        Assert.Equal(expected, string.Join(' ', await Analyzed.Members(WithNeeds(body))));

    [Theory]
    [InlineData("using Locked<HeapRank> held = heap.Enter(NoLocks.Held); Needs(in held);", "")]
    [InlineData("using Locked<HeapRank> held = heap.Enter(NoLocks.Held); Locked<HeapRank> again = held; again.Dispose();", "SH0009")]
    [InlineData("using Locked<HeapRank> held = heap.Enter(NoLocks.Held); Takes(held);", "SH0009")]
    public async Task A_copied_lock_is_refused(string body, string expected) =>
        Assert.Equal(expected, string.Join(' ', await Analyzed.Members(WithNeeds(body))));

    [Theory]
    [InlineData("public struct Data : IAbiData { public uint Count; public Errno Error; public Bytes16 Name; }", "")]
    [InlineData("public struct Data : IAbiData { public Pool<int> Objects; }", "SH0010")]
    [InlineData("public struct Data : IAbiData { public VcpuContext Context; }", "SH0010")]
    [InlineData("public struct Data : IAbiData { public bool IsSet; }", "SH0010")]
    [InlineData("public struct Data : IAbiData { public nuint Address; }", "SH0010")]
    [InlineData("public struct Data<T> : IAbiData where T : unmanaged { public T Value; }", "SH0010")]
    [InlineData("[InlineArray(4)] public struct Row : IInlineArray<int> { private int _first; }", "")]
    [InlineData("public struct Row : IInlineArray<int> { private int _first; }", "SH0010")]
    [InlineData("[InlineArray(4)] public struct Row : IInlineArray<int> { private long _first; }", "SH0010")]
    [InlineData("[InlineArray(4)] public struct Row : IInlineArray<SharedPage> { private SharedPage _first; }", "SH0010")]
    [InlineData("[StructLayout(LayoutKind.Explicit)] public struct Both { [FieldOffset(0)] public ulong Number; [FieldOffset(0)] public Pool<int> Objects; }", "SH0002")]
    public async Task Data_from_outside_holds_nothing_that_bytes_could_forge(string members, string expected) =>
        Assert.Equal(expected, string.Join(' ', await Analyzed.Members(members)));

    [Theory]
    [InlineData("Layout.BytesOf(ref value).Clear();")]
    [InlineData("Layout.TryRead(default, 0, out value);")]
    [InlineData("GuestMemory.Read(default(GuestHandle<T>)).Try(out value, out _);")]
    [InlineData("_ = GuestMemory.Write(default(GuestHandle<T>), value);")]
    [InlineData("value = default(SharedPage).As<T>();")]
    public void Only_plain_data_is_read_from_bytes(string statement)
    {
        foreach (string type in (string[])["Pool<int>", "SharedPage", "DomainFrames", "VcpuContext", "ulong"])
        {
            Assert.Contains("CS0315", Analyzed.Errors($"static void Body(ref {type} value) {{ {statement.Replace("<T>", $"<{type}>", System.StringComparison.Ordinal)} }}"));
        }

        Assert.Empty(Analyzed.Errors($"static void Body(ref StartInfo value) {{ {statement.Replace("<T>", "<StartInfo>", System.StringComparison.Ordinal)} }}"));
    }

    private static string WithNeeds(string body) =>
        $"static void Needs(in Locked<HeapRank> held) {{ }} static void Takes(Locked<HeapRank> held) {{ }} static void Body(ref SpinLock<HeapRank> heap) {{ {body} }}";
}
