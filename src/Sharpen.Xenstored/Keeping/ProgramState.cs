namespace Sharpen.Xenstored.Keeping;

/// <summary>A program at the socket that a successor of this daemon goes on with.</summary>
/// <param name="File">The number of its socket in this process.</param>
/// <param name="Partial">The beginning of a request whose end has not come.</param>
/// <param name="Output">What is to be sent.</param>
/// <param name="Owed">The request that asked for the successor, to be answered by it; null: it was not this one.</param>
/// <param name="Last">Its last transaction.</param>
/// <param name="Transactions">Those that are open.</param>
/// <param name="Watches">Its watches: path, token, hidden characters.</param>
/// <param name="Parked">Requests, by their numbers, to begin transactions that wait.</param>
public sealed record ProgramState(
    int File, byte[] Partial, byte[] Output, uint? Owed, uint Last, uint[] Transactions, (string Path, string Token, int Hidden)[] Watches, uint[] Parked);
