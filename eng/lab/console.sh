# Sourced in dom0: a guest's console through a terminal of its own, as a person has it. $patience: how many seconds it may be silent.
patience=${patience:-900} prompt='~# '

fail() { echo "failed: $*"; exit 1; }

# attach GUEST: from here on await and type_in are about its console.
attach() {
    coproc CONSOLE { exec script -qfc "xl console $1" /dev/null; }
    console_pid=$CONSOLE_PID
    exec 8<&"${CONSOLE[0]}" 9>&"${CONSOLE[1]}"
    said=
}

# await TEXT: shows what the console says until it said the text.
await() {
    local chunk before='' shown=0 deadline=$((SECONDS + patience))
    until [[ $said == *"$1"* ]]; do
        chunk=
        IFS= read -r -t 0.2 -d '' -n 512 -u 8 chunk
        [ $? != 1 ] || fail "the console closed while it was to say '$1'; its last words: $said"
        said+=${chunk//$'\r'/}
        [ -z "$chunk" ] || deadline=$((SECONDS + patience))
        ((SECONDS < deadline)) || fail "the console was silent for $patience s while it was to say '$1'"
        [[ $said == *"$1"* ]] || show_lines "$said"
    done
    before=${said%%"$1"*}
    show_lines "$before"
    said=${said#*"$1"}
}

# show_lines TEXT: its whole lines behind those that are shown already.
show_lines() {
    local rest=${1:shown}
    while [[ $rest == *$'\n'* ]]; do
        echo "  | ${rest%%$'\n'*}"
        shown=$((shown + ${#rest}))
        rest=${rest#*$'\n'}
        shown=$((shown - ${#rest}))
    done
}

# type_in COMMAND: in the guest's shell, until its next prompt.
type_in() {
    echo "guest# $1"
    printf '%s\n' "$1" >&9
    await $'\n'
    await "$prompt"
}

# detach: the key that ends xl console.
detach() {
    printf '\035' >&9
    exec 8<&- 9>&-
    wait "$console_pid" 2>/dev/null
}
