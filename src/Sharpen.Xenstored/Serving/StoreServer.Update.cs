using System;
using Sharpen.Abi;
using Sharpen.Xen;
using Sharpen.Xen.Native;
using Sharpen.Xenstored.Engine;
using Sharpen.Xenstored.Keeping;

namespace Sharpen.Xenstored.Serving;

/// <content>Giving way to another program in the same process: programs at the socket stay connected, and domains see nothing of it.</content>
internal sealed partial class StoreServer
{
    /// <summary>Becomes the program that somebody named; where that fails, this one goes on and says so.</summary>
    private void GiveWay()
    {
        LiveUpdate update = _engine.Update;
        string program = update.Program!;
        string[] words = update.CommandLine?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? Environment.GetCommandLineArgs()[1..];
        _log($"gives way to {program}");
        _state.DumpAll = DumpWithPrograms;
        _state.Rewrite();
        LeaveFiles(isLeft: true);
        Errno error = Succession.Become(program, [program, .. words], _listener.Handle);
        LeaveFiles(isLeft: false);
        _state.DumpAll = Dump;
        _state.Rewrite();
        Client asker = update.Asker!;
        _engine.EndUpdate($"cannot run {program}: {ErrnoText.Describe(error)}\0");
        Ready(asker);
    }

    private void DumpWithPrograms(StateFile state)
    {
        Dump(state);
        foreach (SocketLink link in _sockets.Values)
        {
            state.Program(link.StateFor(link.Client == _engine.Update.Asker ? _engine.Update.Request.Request : null));
        }
    }

    private void LeaveFiles(bool isLeft)
    {
        Succession.Leave(_listener.Handle, isLeft);
        foreach (SocketLink link in _sockets.Values)
        {
            Succession.Leave(link.Stream.Handle, isLeft);
        }
    }

    /// <summary>Goes on with a program that was left to this one.</summary>
    private void GoOn(ProgramState state)
    {
        Client client = _engine.RestoreProgram(state.Watches, state.Transactions, state.Last);
        SocketLink link = Link(client, Succession.TakeSocket(state.File));
        link.Continue(state);
        _referee.Park(client, state.Parked);
        Ready(link);
    }
}
