namespace Sharpen.Xenstored.Keeping;

/// <summary>What a record of the kept state says.</summary>
internal enum RecordKind : byte
{
    Node = 1,
    Change,
    Introduced,
    Released,
    Watched,
    Unwatched,
    Began,
    Ended,
    Stream,
    Limit,
    Program,
}
