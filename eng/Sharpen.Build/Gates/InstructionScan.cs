using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sharpen.Build.Gates;

/// <summary>
/// What the disassembly of an object says about it: vector registers, x87 and MXCSR, indirect branches, frames.
/// The entry stubs save only the vector registers that <see cref="AllowedVectorRegisters"/> names, and nobody saves x87 or MXCSR:
/// an instruction that uses more would let the hypervisor change a guest's registers.
/// </summary>
internal sealed partial class InstructionScan
{
    /// <summary>What the compiler uses for block copies and zeroing, and the stubs therefore save.</summary>
    public static readonly IReadOnlySet<string> AllowedVectorRegisters = new SortedSet<string>(StringComparer.Ordinal) { "xmm0", "xmm8" };

    /// <summary>Frames from here on would skip a guard page.</summary>
    public const int FrameLimit = 4096;

    private readonly Func<string, string> _naming;
    private string _function = "";

    /// <summary>An empty scan.</summary>
    /// <param name="naming">From a symbol to what the reports call it.</param>
    public InstructionScan(Func<string, string>? naming = null) => _naming = naming ?? (static symbol => symbol);

    /// <summary>All that were seen, sorted.</summary>
    public SortedSet<string> VectorRegisters { get; } = new(StringComparer.Ordinal);

    /// <summary>Calls and jumps through a register or memory: each is a place for branch-target injection.</summary>
    public int IndirectBranches { get; private set; }

    /// <summary>Those that are the jump of a <c>switch</c> (through a register that a table was just added to), not a call.</summary>
    public int IndirectJumps { get; private set; }

    /// <summary>Number of instructions, padding included.</summary>
    public int Instructions { get; private set; }

    /// <summary>The largest fixed frame, bytes.</summary>
    public long LargestFrame { get; private set; }

    /// <summary>Whose frame that is.</summary>
    public string LargestFrameFunction { get; private set; } = "none";

    /// <summary>Rules broken, one line each.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Disassembles the file.</summary>
    public static InstructionScan Of(string path, Func<string, string> naming)
    {
        InstructionScan scan = new(naming);
        foreach (string line in Tool.Lines("llvm-objdump", "-d", "--no-show-raw-insn", "--no-leading-addr", path))
        {
            scan.Take(line);
        }

        return scan;
    }

    /// <summary>One line of AT and T disassembly: <c>&lt;function&gt;:</c> or an instruction, tabs between mnemonic and operands.</summary>
    public void Take(string line)
    {
        if (line.Length > 0 && line[0] == '<')
        {
            _function = _naming(line[1..line.LastIndexOf('>')]);
            return;
        }

        string instruction = line.Trim();
        if (line.Length == 0 || !char.IsWhiteSpace(line[0]) || instruction.Length == 0)
        {
            return;
        }

        Instructions++;
        int split = instruction.AsSpan().IndexOfAny('\t', ' ');
        string mnemonic = split < 0 ? instruction : instruction[..split];
        Classify(mnemonic, split < 0 ? "" : instruction[split..].Trim());
    }

    private void Classify(string mnemonic, string operands)
    {
        if (mnemonic.StartsWith("call", StringComparison.Ordinal) || mnemonic.StartsWith("jmp", StringComparison.Ordinal))
        {
            IndirectBranches += operands.StartsWith('*') ? 1 : 0;
            IndirectJumps += operands.StartsWith('*') && mnemonic[0] == 'j' ? 1 : 0;
        }
        else if (mnemonic.StartsWith("sub", StringComparison.Ordinal) && Frame().Match(operands) is { Success: true } frame)
        {
            TakeFrame(Number(frame.Groups[1].Value));
        }
        else if (mnemonic[0] == 'f' || mnemonic is "emms")
        {
            Refuse($"{mnemonic}: x87 and its state belong to the guest");
        }
        else if (mnemonic.EndsWith("mxcsr", StringComparison.Ordinal))
        {
            Refuse($"{mnemonic}: MXCSR belongs to the guest");
        }
        else if (operands.Contains('%', StringComparison.Ordinal) && VectorRegister().IsMatch(operands))
        {
            TakeVector(mnemonic, operands);
        }
    }

    private void TakeVector(string mnemonic, string operands)
    {
        foreach (Match register in VectorRegister().Matches(operands))
        {
            string name = register.Groups[1].Value;
            if (VectorRegisters.Add(name) && !AllowedVectorRegisters.Contains(name))
            {
                Refuse($"uses {name}; the stubs save {string.Join(", ", AllowedVectorRegisters)} only");
            }
        }

        bool computes = mnemonic.Length > 2 && mnemonic[^2..] is "ss" or "sd" or "ps" or "pd";
        bool moves = mnemonic.TrimStart('v').StartsWith("mov", StringComparison.Ordinal) || mnemonic is "xorps" or "andps" or "orps" or "xorpd";
        if ((computes && !moves) || mnemonic.StartsWith("cvt", StringComparison.Ordinal))
        {
            Refuse($"{mnemonic}: floating point changes MXCSR, which belongs to the guest");
        }
    }

    private void TakeFrame(long bytes)
    {
        if (bytes > LargestFrame)
        {
            LargestFrame = bytes;
            LargestFrameFunction = _function;
        }

        if (bytes >= FrameLimit)
        {
            Refuse($"frame of {bytes} bytes; the limit is {FrameLimit}");
        }
    }

    /// <summary>Disassemblers differ in whether they write immediates in hexadecimal.</summary>
    private static long Number(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal)
            ? long.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : long.Parse(text, CultureInfo.InvariantCulture);

    private void Refuse(string why) => Problems.Add($"{_function}: {why}");

    [GeneratedRegex(@"^\$(0x[0-9a-f]+|[0-9]+), %rsp")]
    private static partial Regex Frame();

    [GeneratedRegex(@"%((?:[xyz]?mm|k)\d+|st\b)")]
    private static partial Regex VectorRegister();
}
