using Sharpen.Toolstack.Config;
using Xunit;

namespace Sharpen.ToolsTests.Toolstack.Config;

/// <summary>What <c>channel = [...]</c> says.</summary>
public sealed class ChannelParserTests
{
    [Fact]
    public void A_channel_ends_in_a_terminal_or_a_socket()
    {
        var terminal = ChannelParser.Parse(" name = org.example.agent.1 , connection = pty ", out string problem);
        Assert.Equal(("org.example.agent.1", true, ""), (terminal!.Name, terminal.IsTerminal, problem));
        var socket = ChannelParser.Parse("connection=socket,name=a,path=/run/a.sock", out problem);
        Assert.Equal(("a", "/run/a.sock", ""), (socket!.Name, socket.SocketPath, problem));
    }

    [Theory]
    [InlineData("", "no name")]
    [InlineData("connection=pty", "no name")]
    [InlineData("name=a", "connected to nothing")]
    [InlineData("name=a,connection=PTY", "not to 'PTY'")]
    [InlineData("name=a,connection=socket", "no path")]
    [InlineData("name=a,connection=socket,path=run/a", "from the root")]
    [InlineData("name=a,connection=pty,path=/run/a", "leave path= out")]
    [InlineData("name=a,conection=pty", "did you mean 'connection'?")]
    [InlineData("name=a,name=b,connection=pty", "twice")]
    [InlineData("name,connection=pty", "no value")]
    [InlineData("name=a,connection=pty,backend=driver", "leave backend= out")]
    public void What_is_wrong_is_said(string text, string expected)
    {
        Assert.Null(ChannelParser.Parse(text, out string problem));
        Assert.Contains(expected, problem, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_has_no_longer_path_than_the_kernel_takes()
    {
        Assert.NotNull(ChannelParser.Parse("name=a,connection=socket,path=/" + new string('x', 106), out _));
        Assert.Null(ChannelParser.Parse("name=a,connection=socket,path=/" + new string('x', 107), out string problem));
        Assert.Contains("107", problem, System.StringComparison.Ordinal);
    }
}
