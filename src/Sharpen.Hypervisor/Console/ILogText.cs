namespace Sharpen.Hypervisor.Console;

/// <summary>A value that knows how operators expect to read it: ids and other types of the folders above this one.</summary>
public interface ILogText
{
    /// <summary>Appends the value.</summary>
    void AppendTo(ref TextLine line);
}
