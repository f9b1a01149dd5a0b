# On this machine, in front of the examples of a page of docs/guide: what boots and runs a command does so; of what would wait for a person
# only the line is checked.
set -eo pipefail

./run() {
    local word what=() checked=(--print)
    case ${1-} in main | demo | dom0) what=("$1"); shift ;; esac
    for word; do if [ "$word" = --exec ]; then checked=(--kernel unpacked); fi; done
    timeout 900 bash "$PWD/run" "${what[@]}" --no-build "${checked[@]}" "$@" </dev/null
}

./build() { bash "$PWD/build" "$@" --help >/dev/null; }
./test() { bash "$PWD/test" "$@" --help >/dev/null; }

# The lines of a breakpoint are there.
gdb() {
    local place=$*
    place=${place##*hbreak }
    command gdb -batch -nx out/sharpen.elf -ex "info line ${place%% *}" | tee -a /dev/stderr | grep '\.cs' >/dev/null
}

dotnet() { command dotnet "$@" --no-build >/dev/null; }
