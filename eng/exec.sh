# Sourced: ./run --exec. dom0 finds the command in its initrd and says on the console, between record and unit separators,
# each line that the command writes, and behind a file separator its status (eng/dom0/init). What the hypervisor or the
# kernel says meanwhile may stand anywhere between, in lines of its own.

# initrd_with_command COMMAND: prints the file, the lab's initrd with one more archive behind it.
initrd_with_command() {
    local tree
    tree=$(mktemp -d)
    printf '%s\n' "$1" >"$tree/command"
    mkdir -p "$out/exec"
    pack_initrd "$tree" "$out/exec/command.cpio"
    rm -rf "$tree"
    cat "$dom0/initrd" "$out/exec/command.cpio" >"$out/exec/initrd"
    printf '%s' "$out/exec/initrd"
}

# run_in_dom0 LOG QEMU...: prints what the command says; returns its status, or 125 when the machine ended before it. Then
# dom0 switches the machine off by itself; one that cannot is said, and ended.
run_in_dom0() {
    local log=$1 pipe status=0 waited
    shift
    pipe=$(mktemp -u)
    mkfifo "$pipe"
    "$@" </dev/null >"$pipe" 2>&1 &
    trap "kill $! 2>/dev/null || true" EXIT
    trap 'exit 143' TERM INT
    exec 3<"$pipe"
    rm -f "$pipe"
    : >"$log"
    read_frames "$log" <&3 || status=$?
    for ((waited = 0; waited < 200; waited++)); do
        kill -0 $! 2>/dev/null || break
        sleep 0.1
    done
    ((waited < 200)) || say "dom0 did not switch the machine off"
    timeout 1 cat <&3 >>"$log" || true
    [ "$status" != 125 ] || { tail -n 40 "$log" >&2; say "the machine ended before the command did; what it said: $log"; }
    return "$status"
}

# read_frames LOG: what is not the command's goes to LOG. Ends at the status, which it returns.
read_frames() {
    local LC_ALL=C line frame= inside=no record=$'\036' file=$'\034' unit=$'\037' other='^(.*)(\(XEN\) .*|\[ *[0-9]+\.[0-9]+\] .*)$'
    while IFS= read -r line || [ -n "$line" ]; do
        line=${line%$'\r'}
        if [ $inside = no ]; then
            case $line in
                *"$record"*) printf '%s' "${line%%"$record"*}" >>"$1"; frame=$record${line#*"$record"} ;;
                *"$file"*) frame=$file${line#*"$file"} ;;
                *) printf '%s\n' "$line" >>"$1"; continue ;;
            esac
        else
            frame+=$line
        fi
        inside=yes
        if [[ $frame == *"$unit" ]]; then
            frame=${frame%"$unit"} inside=no
            [[ $frame != "$file"* ]] || return "${frame#"$file"}"
            printf '%s\n' "${frame#"$record"}"
        elif [[ $frame =~ $other ]]; then
            frame=${BASH_REMATCH[1]}
            printf '%s\n' "${BASH_REMATCH[2]}" >>"$1"
        fi
    done
    return 125
}
