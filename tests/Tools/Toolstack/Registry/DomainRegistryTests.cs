using System;
using System.IO;
using System.Linq;
using Sharpen.Toolstack.Lifecycle;
using Sharpen.Toolstack.Registry;
using Xunit;

namespace Sharpen.ToolsTests.Toolstack.Registry;

public sealed class DomainRegistryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("registry").FullName;

    private DomainRegistry Registry => new(_folder, Path.Combine(_folder, "auto"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_that_is_not_there_has_no_domains()
    {
        var registry = new DomainRegistry("/nowhere/at/all", "/nowhere/either");
        Assert.Empty(registry.List());
        Assert.Empty(registry.Automatic());
    }

    [Fact]
    public void What_is_defined_is_found_by_its_name_and_forgotten_again()
    {
        string path = Registry.Define("web", Text("web"));
        Registry.Define("data", Text("data"));
        Assert.Equal(["data", "web"], Registry.List().Select(static domain => domain.Name));
        Assert.Equal(path, Registry.Get("web").Path);
        Registry.Undefine("web");
        Assert.False(File.Exists(path));
        Assert.Null(Registry.Find("web"));
    }

    [Fact]
    public void Defining_again_replaces_the_file_that_has_the_name_whatever_the_files_name_is()
    {
        string path = Path.Combine(_folder, "other.cfg");
        File.WriteAllText(path, Text("web"));
        Assert.Equal(path, Registry.Define("web", Text("web") + "memory = 512\n"));
        Assert.Contains("512", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_of_another_domain_is_not_overwritten()
    {
        File.WriteAllText(Path.Combine(_folder, "web.cfg"), Text("data"));
        Assert.Throws<ToolException>(() => Registry.Define("web", Text("web")));
    }

    [Fact]
    public void A_domain_starts_with_the_host_when_it_is_linked()
    {
        Registry.Define("web", Text("web"));
        Registry.SetAutomatic("web", isAutomatic: true);
        Registry.SetAutomatic("web", isAutomatic: true);
        Assert.True(Registry.Get("web").IsAutomatic);
        Assert.Equal("web", DomainRegistry.NameIn(Assert.Single(Registry.Automatic())));
        Registry.SetAutomatic("web", isAutomatic: false);
        Assert.False(Registry.Get("web").IsAutomatic);
        Assert.Empty(Registry.Automatic());
    }

    [Fact]
    public void Forgetting_a_domain_takes_its_link_too()
    {
        Registry.Define("web", Text("web"));
        Registry.SetAutomatic("web", isAutomatic: true);
        Registry.Undefine("web");
        Assert.Empty(Registry.Automatic());
    }

    [Fact]
    public void Links_that_somebody_made_by_hand_count()
    {
        string path = Registry.Define("web", Text("web"));
        Directory.CreateDirectory(Path.Combine(_folder, "auto"));
        File.CreateSymbolicLink(Path.Combine(_folder, "auto", "10-first"), path);
        Assert.True(Registry.Get("web").IsAutomatic);
    }

    [Fact]
    public void Backups_and_what_is_no_domain_are_passed_over()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "auto"));
        foreach (string name in (string[])["web.cfg~", ".web.cfg.swp", "web.cfg.dpkg-old"])
        {
            File.WriteAllText(Path.Combine(_folder, "auto", name), Text("web"));
        }

        File.WriteAllText(Path.Combine(_folder, "pool.cfg"), "name = \"pool\"\ncpus = \"1\"\n");
        File.WriteAllText(Path.Combine(_folder, "broken.cfg"), "name = [[[");
        Assert.Empty(Registry.Automatic());
        Assert.Empty(Registry.List());
    }

    [Fact]
    public void A_name_that_is_nearly_right_is_suggested()
    {
        Registry.Define("webserver", Text("webserver"));
        Assert.Contains("did you mean 'webserver'?", Assert.Throws<ToolException>(() => Registry.Get("webservr")).Message);
        Assert.Contains("'xl define FILE'", Assert.Throws<ToolException>(() => Registry.Get("other")).Message);
    }

    private static string Text(string name) => $"name = \"{name}\"\nkernel = \"/boot/vmlinuz\"\n";
}
