using System.Linq;
using Sharpen.Build.Budget;
using Sharpen.Build.Sources;
using Xunit;

namespace Sharpen.Tooling.Budget;

public sealed class SourceFileTests
{
    [Fact]
    public void Comments_and_blank_lines_are_no_code()
    {
        SourceFile file = SourceFile.Read("src/A.cs", "namespace N;\n\n// words\n/// <summary>Words.</summary>\nclass A\n{\n    int B() => 1;\n}\n");
        Assert.Equal(("N", 8, 5), (file.Namespace, file.Lines, file.CodeLines));
        Assert.Equal(("B", 1), Assert.Single(file.Functions));
    }

    [Fact]
    public void A_function_over_the_limit_is_told()
    {
        string body = string.Concat(Enumerable.Repeat("        b++;\n", 70));
        SourceFile file = SourceFile.Read("src/A.cs", $"class A\n{{\n    void B(int b)\n    {{\n{body}    }}\n}}\n");
        Assert.Contains("B has 73 lines", Assert.Single(BudgetCommand.TooLarge(file)));
    }
}
