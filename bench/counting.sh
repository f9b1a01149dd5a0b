# Sourced by the benches: counts of guest instructions, by our QEMU plugin, and where an image's marks are.

ensure_plugin() {
    ensure_packages "compiling the instruction counter" gcc libc6-dev
    plugin=$out/bench/icount.so
    mkdir -p "$out/bench"
    is_stale "$plugin" "$root"/bench/plugin/* || return 0
    gcc -std=c11 -O2 -Wall -Wextra -Wno-unused-parameter -Werror -D_GNU_SOURCE -shared -fPIC -fvisibility=hidden \
        -o "$plugin" "$root/bench/plugin/icount.c"
}

# count_instructions NAME FROM UNTIL TOP ./RUN-OPTIONS...: leaves out/bench/NAME.count, and what was said in NAME.serial.
count_instructions() {
    local name=$1 options="from=$2,until=$3,top=$4"
    ensure_plugin
    say "counting: $name"
    rm -f "$out/bench/$name.count"
    timeout 180 "$root/run" dom0 --no-build --icount "${@:5}" -- -plugin "$plugin,$options,out=$out/bench/$name.count" \
        </dev/null >"$out/bench/$name.serial" 2>&1 || true
    [ "$(figure reached "$name")" = 1 ] || { tail -n 20 "$out/bench/$name.serial" >&2; fail "$name did not come to $3"; }
}

# figure LINE NAME: one line of a count.
figure() { [ ! -r "$out/bench/$2.count" ] || sed -n "s/^$1 //p" "$out/bench/$2.count"; }

# Where the loader enters, with paging off: an ELF header says it, ours has the physical address as a symbol.
entry_of() {
    case $1 in
        ours) address_of_symbol "$out/sharpen.elf" physical_start32 ;;
        xen) LC_ALL=C readelf -h "$reference/xen" | sed -n 's/.*Entry point address: *//p' ;;
    esac
}

# address_of_symbol ELF NAME: of the function or label of that name, C# methods included.
address_of_symbol() {
    local found
    found=$(nm "$1" | awk -v name="$2" '$3 == name { print "0x" $1 }')
    [ -n "$found" ] || fail "$1 has no symbol $2; these come near it: $(nm "$1" | awk '{print $3}' | grep -i "${2%%_*}" | head -n 5 | tr '\n' ' ')"
    printf '%s' "$found"
}

# address_of_text XEN TEXT: of the instruction that takes the address of the message that begins with TEXT. Debian ships no
# symbols for Xen, but it refers to its messages relative to the instruction. It runs 0xffff82d040000000 above its link address.
address_of_text() {
    local offset physical text_at base target found
    read -r offset physical < <(LC_ALL=C readelf -lW "$1" | awk '$1 == "LOAD" { print $2, $4; exit }')
    text_at=$(grep -aboF "$2" "$1" | head -n 1 | cut -d: -f1)
    [ -n "$text_at" ] || fail "$1 has no message '$2'"
    base=$((0xffff82d040000000 + physical - offset))
    target=$(printf '0x%x' $((base + text_at)))
    found=$(objdump -D -b binary -m i386:x86-64 --adjust-vma=$base "$1" |
        awk -v target="$target" '$NF "" == target "" && !found { found = $1 } END { sub(":", "", found); print found }')
    [ -n "$found" ] || fail "no instruction of $1 refers to '$2'"
    printf '0x%s' "$found"
}

# show_blocks NAME [SIDE]: the blocks of a count with the names of their functions, where the image has symbols.
show_blocks() {
    local address taken side=${2-$1}
    sed -n 's/^block //p' "$out/bench/$1.count" | while read -r address taken; do
        printf '%15s  %s %s\n' "$taken" "$address" "$([ "$side" != ours ] || name_of_address "$address")"
    done
}

name_of_address() { llvm-symbolizer --obj="$out/sharpen.elf" --output-style=GNU --functions=linkage -p "$1" 2>/dev/null | head -n 1; }
