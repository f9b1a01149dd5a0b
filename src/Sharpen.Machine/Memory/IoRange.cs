namespace Sharpen.Machine.Memory;

/// <summary>Numbers in a row, both ends included.</summary>
internal struct IoRange
{
    internal ulong First;
    internal ulong Last;
}
