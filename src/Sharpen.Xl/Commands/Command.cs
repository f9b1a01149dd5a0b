namespace Sharpen.Xl.Commands;

/// <summary>One of xl's commands. It is made when it is called: nothing of the others costs anything.</summary>
public abstract class Command
{
    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What it does, in one line without a stop.</summary>
    public abstract string Summary { get; }

    /// <summary>What stands behind its name, for example <c>[options] &lt;Domain&gt;</c>.</summary>
    public abstract string Arguments { get; }

    /// <summary>An example, without "xl".</summary>
    public abstract string Example { get; }

    /// <summary>Its options; <c>-h</c> and <c>--help</c> need not be there.</summary>
    public virtual Option[] Options => [];

    /// <summary>How many arguments there must be.</summary>
    public virtual int Least => 0;

    /// <summary>The command changes something, and the global option <c>-N</c> is not refused.</summary>
    public virtual bool CanRunDry => false;

    /// <summary>Does it.</summary>
    /// <returns>The exit status.</returns>
    public abstract int Run(Context context, Parsed line);
}
