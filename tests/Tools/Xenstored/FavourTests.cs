using Sharpen.Xenstored.Engine;
using Sharpen.Xenstored.Serving;
using Xunit;

namespace Sharpen.ToolsTests.Xenstored;

public sealed class FavourTests
{
    private readonly StoreWorld _world = new();
    private readonly Favour _favour = new();

    [Fact]
    public void Who_conflicts_again_and_again_is_alone_for_one_transaction()
    {
        Client victim = _world.Engine.Connect();
        uint transaction = Conflict(victim);
        _favour.Look(victim, 1000);
        Assert.Same(victim, _favour.Favoured);
        Assert.True(_favour.Holds(_world.Control, 1005));
        Assert.False(_favour.Holds(victim, 1005));
        Assert.Equal("OK\0", _world.Commit(victim, transaction));
        _favour.Look(victim, 1006);
        Assert.False(_favour.Holds(_world.Control, 1006));
    }

    [Fact]
    public void It_is_for_a_short_time_and_not_often()
    {
        Client victim = _world.Engine.Connect();
        _ = Conflict(victim);
        _favour.Look(victim, 1000);
        Assert.False(_favour.Holds(_world.Control, 1010));
        _favour.Look(victim, 1050);
        Assert.Null(_favour.Favoured);
        _favour.Look(victim, 1110);
        Assert.Same(victim, _favour.Favoured);
        _favour.Forget(victim);
        Assert.Null(_favour.Favoured);
    }

    /// <summary>Conflicts four times; answers a fifth transaction that is open.</summary>
    private uint Conflict(Client victim)
    {
        for (int count = 0; count < 4; count++)
        {
            uint failing = _world.Begin(victim);
            _ = _world.Read(victim, "/counter", failing);
            _ = _world.Write(_world.Control, "/counter", $"{count}");
            Assert.Equal("EAGAIN\0", _world.Commit(victim, failing));
        }

        return _world.Begin(victim);
    }
}
