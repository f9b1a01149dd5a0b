# Sourced: bootable ISO images with GRUB in them, as a machine boots us.

# With a dom0 the entry is what Debian's /etc/grub.d/20_linux_xen writes: ./run puts the word `placeholder` before the options of
# hypervisor and kernel, and what has no arguments is the initrd, which GRUB is not to unpack.
# With efi it is GRUB for UEFI firmware, by Multiboot 2.
# make_iso FILE mb1|mb2|efi HYPERVISOR CMDLINE [MODULE[ ARGS]]...
make_iso() {
    local file=$1 verb=multiboot module=module platform=i386-pc entry name tree
    [ "$2" = mb1 ] || { verb=multiboot2; module=module2; }
    [ "$2" != efi ] || platform=x86_64-efi
    ensure_packages "making a GRUB ISO" "$([ "$2" = efi ] && echo grub-efi-amd64-bin || echo grub-pc-bin)" grub-common xorriso mtools
    tree=$(mktemp -d)
    mkdir -p "$tree/boot/grub"
    cp "$3" "$tree/boot/hypervisor"
    {
        printf 'set timeout=0\nterminal_output console\n'
        printf 'menuentry hypervisor {\n    %s /boot/hypervisor %s\n' "$verb" "$4"
        for entry in "${@:5}"; do
            name=$(basename "${entry%% *}")
            cp "${entry%% *}" "$tree/boot/$name"
            case $entry in
                *' '*) printf '    %s /boot/%s %s\n' "$module" "$name" "${entry#* }" ;;
                *) printf '    %s --nounzip /boot/%s\n' "$module" "$name" ;;
            esac
        done
        printf '}\n'
    } >"$tree/boot/grub/grub.cfg"
    grub-mkrescue -d "/usr/lib/grub/$platform" -o "$file" "$tree" >"$tree.log" 2>&1 ||
        { cat "$tree.log" >&2; fail "grub-mkrescue could not make $file"; }
    rm -rf "$tree" "$tree.log"
}
