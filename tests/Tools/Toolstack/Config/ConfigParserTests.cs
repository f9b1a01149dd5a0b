using System.IO;
using System.Linq;
using Sharpen.Toolstack.Config;
using Xunit;

namespace Sharpen.ToolsTests.Toolstack.Config;

public sealed class ConfigParserTests
{
    [Fact]
    public void A_file_without_an_end_is_refused() => Assert.Throws<IOException>(() => ConfigDocument.ReadText("/dev/zero"));

    [Fact]
    public void A_file_without_a_length_is_read() => Assert.NotEmpty(ConfigDocument.ReadText("/proc/self/status"));

    [Fact]
    public void A_string_that_is_added_to_without_an_end_is_refused()
    {
        var document = ConfigDocument.Parse("a.cfg", string.Concat(Enumerable.Repeat("extra += \"0123456789\"\n", 3000)));
        Assert.Contains("'extra' has more than", document.Problems[0].ToString());
    }

    [Fact]
    public void Strings_numbers_and_lists_are_read_with_comments_between()
    {
        var document = ConfigDocument.Parse("a.cfg", """
            # a comment
            name = "web"   # another
            vcpus=2; memory = 0x80
            disk = [
                'one',     # inside a list
                "two", [3, 4],
            ]
            """);

        Assert.Empty(document.Problems);
        Assert.Equal("web", Atom(document, "name"));
        Assert.Equal("2", Atom(document, "vcpus"));
        Assert.Equal("0x80", Atom(document, "memory"));
        var list = Assert.IsType<ConfigList>(document.Find("disk")!.Value);
        Assert.Equal(3, list.Items.Count);
        Assert.Equal(2, Assert.IsType<ConfigList>(list.Items[2]).Items.Count);
    }

    [Fact]
    public void Plus_equals_adds_to_strings_and_to_lists()
    {
        var document = ConfigDocument.Parse("a.cfg", "extra = 'a'\nextra += ' b'\nvif = ['x']\nvif += ['y']\nroot += 'c'");

        Assert.Empty(document.Problems);
        Assert.Equal("a b", Atom(document, "extra"));
        Assert.Equal("c", Atom(document, "root"));
        Assert.Equal(2, ((ConfigList)document.Find("vif")!.Value).Items.Count);
    }

    [Fact]
    public void A_list_cannot_be_added_to_a_string() =>
        Assert.StartsWith("a.cfg:2:1: 'extra' is a list at line 1: += adds a list to a list", Only("extra = ['a']\nextra += 'b'"), System.StringComparison.Ordinal);

    [Fact]
    public void The_last_of_two_settings_counts() => Assert.Equal("b", Atom(ConfigDocument.Parse("a", "name='a'\nname='b'"), "name"));

    [Theory]
    [InlineData("name = web", "a.cfg:1:8: 'web' is neither a number nor a string: write \"web\"")]
    [InlineData("name \"web\"", "a.cfg:1:6: '=' was expected behind 'name': write name = VALUE")]
    [InlineData("\n name = \"web", "a.cfg:2:9: the string is not closed: a \" is missing on this line")]
    [InlineData("name = ", "a.cfg:1:8: a value was expected: a number, a string in quotes, or a list in [ ]")]
    [InlineData("name = 1 2", "a.cfg:1:10: there is more behind the value: begin a new line, or put a ';' between two settings")]
    [InlineData("= 1", "a.cfg:1:1: a key was expected: write KEY = VALUE, with strings in quotes")]
    [InlineData("disk = [ 1\n", "a.cfg:2:1: ',' or ']' was expected: the list began at line 1")]
    [InlineData("disk = [ 1,\n", "a.cfg:2:1: the list that begins at line 1 does not end: close it with ]")]
    [InlineData("a = 1 @", "a.cfg:1:7: '@' means nothing here")]
    public void A_fault_is_told_with_its_place(string text, string expected) => Assert.Equal(expected, Only(text));

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var document = ConfigDocument.Parse("a.cfg", "name = web\nmemory = 16\nvcpus 2\n");

        Assert.Equal([1, 3], document.Problems.Select(static problem => problem.At.Line));
        Assert.Equal("16", Atom(document, "memory"));
    }

    [Theory]
    [InlineData("'a\\'b'", "a'b")]
    [InlineData("\"tab\\there\"", "tab\there")]
    [InlineData("\"\\x41\\102\"", "AB")]
    [InlineData("'back\\\\slash'", "back\\slash")]
    public void Backslashes_are_understood(string text, string expected) => Assert.Equal(expected, Atom(ConfigDocument.Parse("a", "name=" + text), "name"));

    private static string Atom(ConfigDocument document, string key) => Assert.IsType<ConfigAtom>(document.Find(key)!.Value).Text;

    private static string Only(string text) => Assert.Single(ConfigDocument.Parse("a.cfg", text).Problems).ToString();
}
