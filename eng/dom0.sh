# Sourced: the dom0 of the lab, made of unmodified Debian packages under out/dom0; nothing is installed on this machine.
# After ensure_dom0: vmlinuz as Debian packages it, vmlinux unpacked from it, initrd: a Debian system that lives in memory.
dom0=$out/dom0
# What dom0 offers: all programs of these packages, the libraries they need, and these modules with what they depend on.
dom0_packages=(bash busybox-static coreutils dash e2fsprogs grep iproute2 kmod libgcc-s1 mawk ncurses-base procps sed stress-ng util-linux
    xen-utils-4.17 xen-utils-common xenstore-utils)
dom0_modules=(8139cp af_packet ahci ata_piix bridge e1000 e1000e ext4 fuse isofs loop nvme sd_mod sr_mod tun
    virtio_balloon virtio_blk virtio_console virtio_net virtio_pci virtio_rng virtio_scsi
    xen-acpi-processor xen-blkback xen-blkfront xen-evtchn xen-gntalloc xen-gntdev xen-netback xen-netfront xen-pciback
    xen-privcmd xenfs)

# apt_get FOLDER ARGUMENTS...: as any user, on its own list of what is installed (nothing) and its own cache.
apt_get() {
    mkdir -p "$1/archives/partial"
    : >"$1/status"
    apt-get -qq -y -o Dir::State::status="$1/status" -o Dir::Cache="$1" -o Debug::NoLocking=1 \
        -o APT::Sandbox::User=root --no-install-recommends "${@:2}" >"$1/log" 2>&1
}

# fetch_packages FOLDER PACKAGE...: these and all that they depend on, as files in FOLDER/archives.
fetch_packages() {
    say "fetching the packages of the lab's $(basename "$(dirname "$1")")"
    apt_get "$1" --download-only install "${@:2}" || { refresh_package_lists && apt_get "$1" --download-only install "${@:2}"; } ||
        { cat "$1/log" >&2; fail "cannot download ${*:2}: is there a network, and Debian 12's main archive in apt's sources?"; }
}

# fetch_one PACKAGE FOLDER: its files, without those of what it depends on.
fetch_one() {
    local work
    work=$(mktemp -d)
    say "fetching $1"
    (cd "$work" && apt-get download -qq -o APT::Sandbox::User=root "$1" >&2) ||
        { refresh_package_lists && (cd "$work" && apt-get download -qq -o APT::Sandbox::User=root "$1" >&2); } ||
        fail "cannot download the Debian package $1: is there a network, and Debian 12's main archive in apt's sources?"
    mkdir -p "$2"
    dpkg-deb -x "$work"/*.deb "$2"
    rm -rf "$work"
}

# unpack PACKAGE FOLDER: without documentation; /bin, /lib and the like are links to those of /usr, as on any Debian 12.
unpack() {
    local link
    mkdir -p "$2"/usr/{bin,sbin,lib,lib64}
    for link in bin sbin lib lib64; do [ -e "$2/$link" ] || ln -s "usr/$link" "$2/$link"; done
    dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --keep-directory-symlink --no-same-owner \
        --exclude='./usr/share/doc' --exclude='./usr/share/man' --exclude='./usr/share/locale' --exclude='./usr/share/bash-completion' \
        --exclude='./usr/lib/xen-4.17/boot' --exclude='./usr/share/bug' --exclude='./usr/share/lintian'
}

# The libraries of $1 that programs of $2 need and $2 has not, until none is missing.
add_libraries() {
    local all=$1 tree=$2 name found added=yes
    while [ $added = yes ]; do
        added=no
        while read -r name; do
            [ -z "$(find "$tree/usr/lib" "$tree/usr/lib64" -name "$name" -print -quit)" ] || continue
            found=$(find "$all/usr/lib" -name "$name" -print -quit)
            [ -n "$found" ] || continue
            install -D "$(readlink -f "$found")" "$tree/${found#"$all"/}"
            added=yes
        done < <(find "$tree/usr" -type f \( -perm /111 -o -name '*.so*' \) -print0 |
            LC_ALL=C xargs -0 readelf -d 2>/dev/null | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u)
    done
}

# add_modules KERNEL TREE MODULE...: modules of the unpacked kernel package, and those that they need, into the tree.
add_modules() {
    local version module file
    version=$(basename "$1"/lib/modules/*)
    depmod -b "$1" "$version"
    for module in "${@:3}"; do
        modprobe -d "$1" -S "$version" --show-depends "$module" 2>/dev/null || true
    done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | sort -u | while read -r file; do
        install -D -m 644 "$file" "$2/usr/lib/modules/$version/${file#*"/$version/"}"
    done
    cp "$1/lib/modules/$version"/modules.{builtin,builtin.modinfo,order} "$2/usr/lib/modules/$version/"
    depmod -b "$2" "$version"
}

kernel_package() { apt-cache depends linux-image-amd64 | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1; }

# The kernel inside a bzImage, by the offsets of the x86 boot protocol.
unpack_kernel() {
    local setup_sectors offset length
    setup_sectors=$(od -An -tu1 -j $((0x1f1)) -N1 "$1")
    read -r offset length < <(od -An -tu4 -j $((0x248)) -N8 "$1")
    length=$((length - 4)) # without the size that follows the xz stream
    head -c $(((setup_sectors + 1) * 512 + offset + length)) "$1" | tail -c $length | xz -dc >"$2"
}

fetch_kernel() {
    local kernel
    kernel=$(kernel_package)
    [ -n "$kernel" ] || { refresh_package_lists; kernel=$(kernel_package); }
    [ -n "$kernel" ] || fail "apt knows no linux-image-amd64: is Debian 12's main archive in apt's sources?"
    fetch_one "$kernel" "$dom0/kernel"
    cp "$dom0"/kernel/boot/vmlinuz-* "$dom0/vmlinuz"
    unpack_kernel "$dom0/vmlinuz" "$dom0/vmlinux"
}

# pack_initrd TREE FILE: not compressed, since emulation unpacks slower than the host reads.
pack_initrd() { (cd "$1" && find . | LC_ALL=C sort | cpio --quiet -o -H newc -R 0:0) >"$2"; }

make_dom0_initrd() {
    local package all=$dom0/all tree=$dom0/tree
    rm -rf "$all" "$tree"
    for package in "$dom0"/apt/archives/*.deb; do unpack "$package" "$all"; done
    for package in "${dom0_packages[@]}"; do unpack "$(printf '%s\n' "$dom0/apt/archives/$package"_*.deb)" "$tree"; done
    rm -rf "$tree"/usr/lib/xen-4.17/lib/python "$tree"/usr/share/{python3,stress-ng} "$tree"/usr/lib/{systemd,udev}
    add_libraries "$all" "$tree"
    ln -s ../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 "$tree/usr/lib64/"
    mkdir -p "$tree/usr/lib/busybox"
    add_modules "$dom0/kernel" "$tree" "${dom0_modules[@]}"
    mkdir -p "$tree"/{dev,etc,proc,root,run,sys,tmp,var/lib/xen,var/lib/xenstored,var/log/xen}
    ln -s /run "$tree/var/run"
    ln -s kmod "$tree/usr/bin/modprobe"
    for name in insmod rmmod lsmod modinfo depmod modprobe; do ln -sf ../bin/kmod "$tree/usr/sbin/$name"; done
    install -m 755 "$root/eng/dom0/init" "$tree/init"
    printf 'root:x:0:0:root:/root:/bin/bash\n' >"$tree/etc/passwd"
    printf 'root:x:0:\n' >"$tree/etc/group"
    cp "$all"/etc/debian_version "$all"/usr/lib/os-release "$tree/etc/"
    pack_initrd "$tree" "$1"
    rm -rf "$all"
}

# default_dom0_memory SIZE: what dom0 gets of a host of this size.
default_dom0_memory() {
    local mib
    case $1 in *T) mib=$((${1%T} << 20)) ;; *G) mib=$((${1%G} << 10)) ;; *M) mib=${1%M} ;; *) mib=$1 ;; esac
    if ((mib < 2048)); then printf '%sM' $((mib / 2)); else printf 1G; fi
}

# Only one at a time makes it: tests run side by side.
ensure_dom0() {
    mkdir -p "$out"
    (flock 9 && make_dom0) 9>"$out/dom0.lock"
}

make_dom0() {
    local stamp
    stamp=$(cat "$root"/eng/dom0.sh "$root"/eng/dom0/* | sha256sum)
    [ "$(cat "$dom0/complete" 2>/dev/null)" != "$stamp" ] || return 0
    ensure_packages "making the lab's dom0" binutils cpio kmod xz-utils
    rm -f "$dom0/complete"
    [ -e "$dom0/vmlinux" ] || fetch_kernel
    fetch_packages "$dom0/apt" "${dom0_packages[@]}"
    make_dom0_initrd "$dom0/initrd"
    printf '%s\n' "$stamp" >"$dom0/complete"
    say "out/dom0/initrd $(stat -c %s "$dom0/initrd") bytes"
}
