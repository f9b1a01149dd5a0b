using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Sharpen.Build.Structure;

/// <summary>The metadata tokens in a method's instructions. Source: ECMA-335, partition III.</summary>
internal static class IlTokens
{
    private static readonly Dictionary<ushort, OperandType> s_operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!).ToDictionary(static code => unchecked((ushort)code.Value), static code => code.OperandType);

    /// <summary>Types, fields and methods that the body mentions, in order.</summary>
    public static IEnumerable<EntityHandle> Of(MethodBodyBlock body)
    {
        BlobReader reader = body.GetILReader();
        List<EntityHandle> tokens = [];
        while (reader.RemainingBytes > 0)
        {
            ushort code = reader.ReadByte();
            code = code == 0xfe ? (ushort)(0xfe00 | reader.ReadByte()) : code;
            switch (s_operands[code])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    tokens.Add((EntityHandle)MetadataTokens.Handle(reader.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    int targets = reader.ReadInt32();
                    reader.Offset += 4 * targets;
                    break;
                case OperandType operand:
                    reader.Offset += BytesOf(operand);
                    break;
            }
        }

        return tokens;
    }

    private static int BytesOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
