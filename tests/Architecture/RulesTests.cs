using System.Linq;
using Sharpen.Build.Structure;
using Xunit;

namespace Sharpen.Architecture;

/// <summary>The rules catch what they are for.</summary>
public sealed class RulesTests
{
    [Fact]
    public void A_use_of_a_higher_layer_is_told() =>
        Assert.Single(Rules.Upward([Arrow("Sharpen.Machine", "Pools", "Sharpen.Hypervisor", "Domains"), Arrow("Sharpen.Hypervisor", "Domains", "Sharpen.Machine", "Pools")]));

    [Fact]
    public void A_circle_through_three_folders_is_told_once()
    {
        string circle = Assert.Single(Rules.Circles(
        [
            Arrow("Sharpen.Hypervisor", "A", "Sharpen.Hypervisor", "B"), Arrow("Sharpen.Hypervisor", "B", "Sharpen.Hypervisor", "C"),
            Arrow("Sharpen.Hypervisor", "C", "Sharpen.Hypervisor", "A"), Arrow("Sharpen.Hypervisor", "C", "Sharpen.Hypervisor", "D"),
        ]));
        Assert.Contains("A, B, C", circle);
        Assert.DoesNotContain("D", circle.Split(':').Last());
    }

    [Fact]
    public void Folders_of_one_name_in_two_assemblies_are_no_circle() =>
        Assert.Empty(Rules.Circles([Arrow("Sharpen.Hypervisor", "Time", "Sharpen.Machine", "Time")]));

    private static Use Arrow(string fromAssembly, string from, string toAssembly, string to) =>
        new(Folder.Of(fromAssembly, $"{fromAssembly}.{from}"), Folder.Of(toAssembly, $"{toAssembly}.{to}"), 1, "example");
}
