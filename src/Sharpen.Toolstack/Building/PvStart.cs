namespace Sharpen.Toolstack.Building;

/// <summary>What a new guest was given, and is told in its start_info.</summary>
/// <param name="SharedInfoFrame">The machine frame of its shared info.</param>
/// <param name="StorePort">Its end of the channel to the store.</param>
/// <param name="ConsolePort">Its end of the channel to the console.</param>
public readonly record struct PvStart(ulong SharedInfoFrame, uint StorePort, uint ConsolePort);
