# In dom0, in front of the examples of a page of docs/guide: types them as a person would. A line that fails ends the page.
source /lab/console.sh
trap 'echo "failed: $BASH_COMMAND"; exit 1' ERR
patience=300 attached= mark=0

# xl, but that it has a terminal to attach to: `xl console GUEST`, `xl create -c FILE`.
xl() {
    local word words=() wants=no
    if [ "$1" = console ]; then take "${@: -1}"; return; fi
    for word; do if [ "$1$word" = create-c ]; then wants=yes; else words+=("$word"); fi; done
    command xl "${words[@]}" || return
    if [ "$wants" = yes ]; then take "$(command xl list | awk 'END { print $1 }')"; fi
}

# Switching the machine off would end the page before its status is known.
poweroff() { echo "dom0 is not switched off here"; }

# take GUEST: its console, as far as the prompt of its shell, whatever was said there before.
take() {
    local turn
    leave
    for ((turn = 0; turn < 600; turn++)); do if runs "$1"; then break; fi; sleep 0.2; done
    attach "$1"
    attached=$1 mark=$((mark + 1))
    printf '\n' >&9
    await "$prompt"
    printf '%s\n' "echo mark''ed-$mark" >&9
    await $'marked-'"$mark"$'\n'
    await "$prompt"
}

# runs GUEST: it is there, and has not stopped.
runs() { [ "$(command xl list "$1" 2>/dev/null | awk 'NR == 2 { print substr($5, 4, 3) }')" = --- ]; }

# leave: the console is a console no more.
leave() { if [ -n "$attached" ]; then detach || true; attached=; fi; }

# in_guest LINE: typed in the shell on the console.
in_guest() { type_in "$1 || echo guest-''failed"; }
