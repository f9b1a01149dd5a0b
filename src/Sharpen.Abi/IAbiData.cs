namespace Sharpen.Abi;

/// <summary>
/// Marks a structure of plain data: numbers, and structures of numbers. Any pattern of bytes is harmless in it, so a guest
/// or a file may have written them, and its bytes may be looked at. Nothing else is read from bytes or written as bytes.
/// </summary>
/// <remarks>The analyzer SH0010 looks at every field of a structure that is marked.</remarks>
public interface IAbiData;
