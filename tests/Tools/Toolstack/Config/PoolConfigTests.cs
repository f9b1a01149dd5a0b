using Sharpen.Toolstack.Config;
using Xunit;

namespace Sharpen.ToolsTests.Toolstack.Config;

public sealed class PoolConfigTests
{
    [Theory]
    [InlineData("name=\"p\"\ncpus=\"1-2\"", "1-2", null)]
    [InlineData("name=\"p\"\ncpus=[\"1\", \"2\"]", "1,2", null)]
    [InlineData("name=\"p\"\nnodes=[1, 2]", null, "node:1,node:2")]
    [InlineData("name=\"p\"\nnodes=1", null, "node:1")]
    [InlineData("name=\"p\"", null, null)]
    public void A_pool_has_cpus_or_nodes_or_neither(string text, string? cpus, string? nodes)
    {
        var config = PoolConfig.Read("p", ConfigDocument.Parse("p", text));
        Assert.Equal((cpus, nodes), (config.Cpus?.Text, config.Nodes?.Text));
    }

    [Theory]
    [InlineData("cpus=\"1\"", "the pool has no name")]
    [InlineData("name=\"p\"\ncpu=\"1\"", "did you mean 'cpus'?")]
    [InlineData("name=\"p\"\ncpus=\"1\"\nnodes=\"1\"", "both cpus and nodes")]
    [InlineData("name=\"p\"\ncpus=\"x\"", "no CPU, range or node")]
    public void What_is_wrong_is_said(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ConfigException>(() => PoolConfig.Read("p", ConfigDocument.Parse("p", text))).Message);
}
