# Sourced: ./run --exec. dom0 finds the command in its initrd and says on the console, between record and unit separators,
# each line that the command writes, and behind a file separator its status (eng/dom0/init). What the hypervisor or the
# kernel says meanwhile may stand anywhere between, in lines of its own.

# initrd_with TOOLS COMMAND FIRST FILE:PATH...: prints the file, the lab's initrd with one more archive behind it: those of our programs that
# --tools names, the command for --exec, what is to be done before there is a shell, and these files. Without any of them it is the lab's own.
initrd_with() {
    local tree file
    tree=$(mktemp -d)
    add_tools "$1" "$tree"
    [ -z "$2" ] || printf '%s\n' "$2" >"$tree/command"
    [ -z "$3" ] || printf '%s\n' "$3" >"$tree/first"
    for file in "${@:4}"; do
        [ -r "${file%%:*}" ] && [[ $file == *:/* ]] || fail "--add $file: FILE:PATH with a file that can be read, and a path from the root"
        install -D "${file%%:*}" "$tree/${file#*:}"
    done
    if [ -z "$(ls "$tree")" ]; then
        printf '%s' "$dom0/initrd"
    else
        mkdir -p "$out/exec"
        pack_initrd "$tree" "$out/exec/more.cpio"
        cat "$dom0/initrd" "$out/exec/more.cpio" >"$out/exec/initrd"
        printf '%s' "$out/exec/initrd"
    fi
    rm -rf "$tree"
}

# add_tools WHICH TREE: ours (all that are built), debian (none), or names with commas between, which must be there.
add_tools() {
    local name names
    case $1 in
        debian) return ;;
        ours) names=$(find "$out/tools" -maxdepth 1 -type f -perm /111 -printf '%f ' 2>/dev/null || true) ;;
        *) names=${1//,/ } ;;
    esac
    for name in $names; do
        [ -x "$out/tools/$name" ] || fail "--tools: there is no out/tools/$name; ./build --tools makes what src/ has"
        install -D -m 755 "$out/tools/$name" "$2/usr/local/sbin/$name"
    done
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
