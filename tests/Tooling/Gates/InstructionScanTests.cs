using Sharpen.Build.Gates;
using Xunit;

namespace Sharpen.Tooling.Gates;

public sealed class InstructionScanTests
{
    [Theory]
    [InlineData("movups\t%xmm0, (%rdi)", "")]
    [InlineData("movups\t%xmm3, (%rdi)", "f: uses xmm3")]
    [InlineData("vmovups\t%ymm0, (%rdi)", "f: uses ymm0")]
    [InlineData("addsd\t%xmm0, %xmm0", "f: addsd: floating point")]
    [InlineData("stmxcsr\t(%rsp)", "f: stmxcsr: MXCSR")]
    [InlineData("fldcw\t(%rsp)", "f: fldcw: x87")]
    [InlineData("subq\t$4096, %rsp            # imm = 0x1000", "f: frame of 4096")]
    [InlineData("subq\t$0x2000, %rsp", "f: frame of 8192")]
    [InlineData("subq\t$4088, %rsp", "")]
    [InlineData("subl\t$8192, %eax", "")]
    public void What_the_stubs_do_not_save_is_refused(string instruction, string expected)
    {
        InstructionScan scan = new();
        scan.Take("<f>:");
        scan.Take($"               \t{instruction}");
        Assert.Equal(expected.Length == 0 ? 0 : 1, scan.Problems.Count);
        Assert.All(scan.Problems, problem => Assert.StartsWith(expected, problem));
    }

    [Fact]
    public void Indirect_branches_are_counted()
    {
        InstructionScan scan = new();
        foreach (string instruction in new[] { "callq\t*%rax", "jmpq\t*(%rcx)", "callq\t0x40 <g>", "jmp\t0x20 <f>" })
        {
            scan.Take($"               \t{instruction}");
        }

        Assert.Equal((2, 1), (scan.IndirectBranches, scan.IndirectJumps));
    }
}
