using System;
using System.Linq;
using System.Text;
using Sharpen.Xen.Control;

namespace Sharpen.Xl.Commands;

/// <summary><c>xl completion</c>: what shells need to complete xl's words; they ask it while somebody types, so that names of domains are
/// those of now.</summary>
public sealed class CompletionCommand : Command
{
    public override string Name => "completion";

    public override string Summary => "Print what makes a shell complete commands, options and names of domains";

    public override string Arguments => "<bash|zsh|fish>";

    public override string Example => "completion bash >/etc/bash_completion.d/xl";

    // With --words it answers what can stand behind these words: the shells call that.
    public override Option[] Options => [new('\0', "words", "", "the words that can stand behind these, a line each; / means any file")];

    /// <summary>What a shell reads, or null for one that is not known here.</summary>
    public static string? For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh(),
        "fish" => Fish(),
        _ => null,
    };

    public override int Run(Context context, Parsed line)
    {
        if (line.Has("words"))
        {
            foreach (string word in CompletionWords.After(line.Arguments, () => context.Host.Xen.Domains.List().Select(info => context.NameOf(info.Id))))
            {
                context.Out.Line(word);
            }

            return 0;
        }

        if (line[0] is not { } shell)
        {
            throw new CommandException(2, "for which shell: bash, zsh or fish?");
        }

        context.Out.Write(For(shell) ?? throw new CommandException(1, $"there is no completion for '{shell}': bash, zsh or fish"));
        return 0;
    }

    // The words are compared, never expanded: a domain may be called anything.
    private const string Bash = """
        _xl() {
            local word=${COMP_WORDS[COMP_CWORD]} found entry
            mapfile -t found < <(xl completion --words -- "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
            COMPREPLY=()
            for entry in "${found[@]}"; do
                if [[ $entry == / ]]; then
                    [[ $word == -* ]] || mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$word")
                elif [[ $entry == "$word"* || $(printf %q "$entry") == "$word"* ]]; then
                    COMPREPLY+=("$entry")
                fi
            done
        }
        complete -o filenames -F _xl xl

        """;

    // Found by its name in fpath, or read by `source`.
    private static string Zsh() => $$"""
        #compdef xl
        _xl() {
            local -a found
            if ((CURRENT == 2)); then
                found=({{Described("'{0}:{1}'", ":", "\\:")}})
                _describe command found
            else
                found=("${(@f)$(xl completion --words -- "${(@)words[2,CURRENT-1]}" 2>/dev/null)}")
                if ((found[(Ie)/])); then _files; found=("${(@)found:#/}"); fi
                compadd -a found
            fi
        }
        if [ "${funcstack[1]}" = _xl ]; then _xl "$@"; else compdef _xl xl; fi

        """;

    private static string Fish() => $$"""
        function __xl_words
            set -l words (commandline -opc)
            xl completion --words -- $words[2..-1] 2>/dev/null
        end
        complete -c xl -f
        {{Described("complete -c xl -n __fish_use_subcommand -a {0} -d '{1}'\n", "", "").TrimEnd()}}
        complete -c xl -n 'not __fish_use_subcommand' -a '(__xl_words | string match -v /)'
        complete -c xl -n 'not __fish_use_subcommand; and __xl_words | string match -q /' -F

        """;

    // All commands with their summaries, inside the single quotes of a shell.
    private static string Described(string format, string special, string escaped)
    {
        var text = new StringBuilder();
        foreach (string name in CommandTable.Names)
        {
            string summary = CommandTable.Find(name)!.Summary.Replace("'", "'\\''", StringComparison.Ordinal);
            summary = special.Length == 0 ? summary : summary.Replace(special, escaped, StringComparison.Ordinal);
            text.Append(format.Replace("{0}", name, StringComparison.Ordinal).Replace("{1}", summary, StringComparison.Ordinal)).Append(format.EndsWith('\n') ? "" : " ");
        }

        return text.ToString().TrimEnd(' ');
    }
}
