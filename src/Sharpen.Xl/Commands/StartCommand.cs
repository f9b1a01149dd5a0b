using System.Collections.Generic;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl start</c></summary>
public sealed class StartCommand : Command
{
    public override string Name => "start";

    public override string Summary => "Make a domain as it is defined, and start it";

    public override string Arguments => "[options] <Name>";

    public override string Example => "start web -c";

    public override int Least => 1;

    public override Option[] Options => [new('p', "", "", "leave it paused"), new('c', "", "", "attach to its console")];

    public override int Run(Context context, Parsed line)
    {
        List<string> words = ["-q", context.Registry().Get(line.Arguments[0]).Path];
        foreach (var option in Options)
        {
            if (line.Has(option.Key))
            {
                words.Add(option.Long.Length > 0 ? $"--{option.Long}" : $"-{option.Short}");
            }
        }

        return Make(context, [.. words]);
    }

    /// <summary>Does what <c>xl create</c> does with these words behind it.</summary>
    internal static int Make(Context context, params string[] words)
    {
        var create = new CreateCommand();
        return create.Run(context, Parsed.Parse(words, create.Options));
    }
}
