using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sharpen.SystemTests;

/// <summary>As much of JSON Schema as docs/schemas uses; a word that is not known here is an error of the schema, not passed over.</summary>
public static class JsonSchema
{
    private static readonly string[] s_silent = ["$schema", "title", "description"];

    /// <summary>What of a value is not as the schema says, each with its place; nothing: it is.</summary>
    public static IEnumerable<string> Faults(JsonElement schema, JsonElement value, string place = "$") =>
        schema.EnumerateObject().SelectMany(rule => Faults(rule.Name, rule.Value, schema, value, place));

    private static IEnumerable<string> Faults(string word, JsonElement rule, JsonElement schema, JsonElement value, string place) => word switch
    {
        _ when s_silent.Contains(word) => [],
        "type" => Unless(IsOf(rule.GetString()!, value), $"{place}: {value.ValueKind} is no {rule.GetString()}"),
        "enum" => Unless(rule.EnumerateArray().Any(item => item.ToString() == value.ToString() && item.ValueKind == value.ValueKind), $"{place}: {value} is none of {rule}"),
        "pattern" => Unless(value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.GetString()!), $"{place}: {value} is not like {rule}"),
        "minimum" => Unless(value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= rule.GetDecimal(), $"{place}: {value} is below {rule}"),
        "maximum" => Unless(value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= rule.GetDecimal(), $"{place}: {value} is above {rule}"),
        "required" => Members(value).Count == 0 && value.ValueKind != JsonValueKind.Object ? [] :
            rule.EnumerateArray().Select(static name => name.GetString()!).Except(Members(value)).Select(name => $"{place}: there is no {name}"),
        "additionalProperties" => Members(value).Except(schema.GetProperty("properties").EnumerateObject().Select(static it => it.Name)).Select(name => $"{place}: {name} is not in the schema"),
        "properties" => rule.EnumerateObject().Where(it => Members(value).Contains(it.Name)).SelectMany(it => Faults(it.Value, value.GetProperty(it.Name), $"{place}.{it.Name}")),
        "items" => value.ValueKind != JsonValueKind.Array ? [] : value.EnumerateArray().SelectMany((item, index) => Faults(rule, item, $"{place}[{index}]")),
        _ => throw new NotSupportedException($"{place}: the schema says '{word}', which is not known here"),
    };

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number) && decimal.IsInteger(number),
        _ => throw new NotSupportedException($"the schema says type '{type}', which is not known here"),
    };

    private static List<string> Members(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject().Select(static it => it.Name)] : [];

    private static string[] Unless(bool holds, string fault) => holds ? [] : [fault];
}
