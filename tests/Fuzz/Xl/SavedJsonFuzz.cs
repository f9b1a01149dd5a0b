using System;
using System.Text;
using System.Text.Json;
using Sharpen.Toolstack.Config;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Xl.Commands;
using Xunit;

namespace Sharpen.Fuzz.Xl;

/// <summary>The JSON that toolstacks keep of running domains, spoilt: what is printed of it is JSON, or nothing is.</summary>
public sealed class SavedJsonFuzz
{
    private static readonly string[] s_words = ["{", "}", "[", "]", ":", ",", "\"", "\\", "\\ud800", "\\u0000", "\"a\\\"b\": 1,", "null", "true", "1e400", "-", "{\"a\":", "[[[[", "//", "\ufeff"];

    [Fact]
    public void Spoilt_files_are_printed_or_refused() => Fuzzer.Run(5_000, Round);

    [Fact]
    [Trait("Tier", "All")]
    public void A_million_spoilt_files_are_printed_or_refused() => Fuzzer.Run(1_000_000, Round);

    [Fact]
    public void A_whole_file_is_printed() => Assert.Contains("\"web\"", Print(Saved()), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"a\": ")]
    [InlineData("{\"\\ud800\": 1}")]
    public void What_is_no_object_is_refused(string text) => Assert.Null(Print(text));

    private static void Round(Random random)
    {
        if (Print(new TextMutator(random, s_words).Spoil(Saved())) is { } printed)
        {
            JsonDocument.Parse(printed).Dispose();
        }
    }

    private static string? Print(string text) => LibxlJson.Print(text, 8, static (_, _, _, _) => false);

    private static string Saved()
    {
        var config = DomainConfigReader.Read("f", ConfigDocument.Parse("f", Toolstack.ConfigCorpus.Guest), new ToolDefaults(), out _);
        return Encoding.UTF8.GetString(ConfigJson.Write(config, Guid.Empty, new ToolDefaults()));
    }
}
