using System;
using System.Linq;
using System.Text;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl completion</c>: what shells need to complete xl's words; names of domains are asked for while somebody types.</summary>
public sealed class CompletionCommand : Command
{
    public override string Name => "completion";

    public override string Summary => "Print what makes a shell complete commands, options and names of domains";

    public override string Arguments => "<bash|zsh|fish>";

    public override string Example => "completion bash >/etc/bash_completion.d/xl";

    public override int Least => 1;

    // With --words it answers what can stand behind a command: the shells call that.
    public override Option[] Options => [new('\0', "words", "", "the words that can stand behind a command")];

    public override int Run(Context context, Parsed line)
    {
        if (line.Has("words"))
        {
            Words(context, line.Arguments[0]);
            return 0;
        }

        context.Out.Write(line.Arguments[0] switch
        {
            "bash" => Bash(),
            "zsh" => "#compdef xl\nautoload -U +X bashcompinit && bashcompinit\n" + Bash(),
            "fish" => Fish(),
            _ => throw new CommandException(1, $"there is no completion for '{line.Arguments[0]}': bash, zsh or fish"),
        });
        return 0;
    }

    private static string Bash() => $$"""
        _xl() {
            local word=${COMP_WORDS[COMP_CWORD]}
            if ((COMP_CWORD == 1)); then
                COMPREPLY=($(compgen -W "{{string.Join(' ', CommandTable.Names)}}" -- "$word"))
            elif [[ ${COMP_WORDS[1]} == create || ${COMP_WORDS[1]} == config-update ]] && [[ $word != -* ]]; then
                COMPREPLY=($(compgen -f -- "$word"))
            else
                COMPREPLY=($(compgen -W "$(xl completion --words "${COMP_WORDS[1]}" 2>/dev/null)" -- "$word"))
            fi
        }
        complete -o filenames -F _xl xl

        """;

    private static string Fish()
    {
        var text = new StringBuilder("complete -c xl -f\n");
        foreach (string name in CommandTable.Names)
        {
            text.Append($"complete -c xl -n __fish_use_subcommand -a {name} -d '{CommandTable.Find(name)?.Summary.Replace("'", "\\'", StringComparison.Ordinal)}'\n");
        }

        return text.Append("complete -c xl -n 'not __fish_use_subcommand' -a '(xl completion --words (commandline -opc)[2] 2>/dev/null)'\n").ToString();
    }

    private static void Words(Context context, string name)
    {
        if (CommandTable.Find(name) is not { } command)
        {
            return;
        }

        foreach (var option in command.Options)
        {
            context.Out.Line(option.Long.Length > 0 ? $"--{option.Long}" : $"-{option.Short}");
        }

        if (command.Arguments.Contains("Domain", StringComparison.Ordinal))
        {
            foreach (string domain in context.Host.Xen.Domains.List().Select(info => context.NameOf(info.Id)))
            {
                context.Out.Line(domain);
            }
        }
    }
}
