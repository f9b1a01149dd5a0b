# Sourced: Debian's real Xen 4.17 and a dom0 for it, unpacked under out/reference; nothing is installed on this machine.
# After ensure_reference: xen (as QEMU's -kernel takes it), vmlinux, initrd.
reference=$out/reference
reference_packages=(xen-hypervisor-4.17-amd64 busybox-static)

# unpack_package PACKAGE: its files, under $reference/files.
unpack_package() {
    local work
    work=$(mktemp -d)
    say "fetching $1: the reference Xen and its dom0"
    (cd "$work" && apt-get download -qq -o APT::Sandbox::User=root "$1" >&2) ||
        { refresh_package_lists && (cd "$work" && apt-get download -qq -o APT::Sandbox::User=root "$1" >&2); } ||
        fail "cannot download the Debian package $1: is there a network, and Debian 12's main archive in apt's sources?"
    dpkg-deb -x "$work"/*.deb "$reference/files"
    rm -rf "$work"
}

kernel_package() { apt-cache depends linux-image-amd64 | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1; }

# The kernel inside a bzImage, by the offsets of the x86 boot protocol: real Xen's own xz decoder would take most of a boot.
unpack_kernel() {
    local setup_sectors offset length
    setup_sectors=$(od -An -tu1 -j $((0x1f1)) -N1 "$1")
    read -r offset length < <(od -An -tu4 -j $((0x248)) -N8 "$1")
    length=$((length - 4)) # without the size that follows the xz stream
    head -c $(((setup_sectors + 1) * 512 + offset + length)) "$1" | tail -c $length | xz -dc >"$2"
}

# A dom0 root that says it is up, and ends the machine when it is asked to.
make_reference_initrd() {
    local tree=$reference/initrd.tree
    rm -rf "$tree"
    mkdir -p "$tree"/{bin,dev,proc,sys}
    cp "$reference/files/bin/busybox" "$tree/bin/busybox"
    cat >"$tree/init" <<'END'
#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
echo "dom0 is up on $(cat /sys/hypervisor/type) $(cat /sys/hypervisor/version/major).$(cat /sys/hypervisor/version/minor)"
exec setsid cttyhack sh
END
    chmod +x "$tree/init"
    (cd "$tree" && find . | LC_ALL=C sort | cpio --quiet -o -H newc) >"$1"
    rm -rf "$tree"
}

ensure_reference() {
    [ ! -e "$reference/complete" ] || return 0
    ensure_packages "unpacking the reference dom0" xz-utils cpio
    mkdir -p "$reference"
    local package kernel
    kernel=$(kernel_package)
    [ -n "$kernel" ] || { refresh_package_lists; kernel=$(kernel_package); }
    [ -n "$kernel" ] || fail "apt knows no linux-image-amd64: is Debian 12's main archive in apt's sources?"
    for package in "${reference_packages[@]}" "$kernel"; do unpack_package "$package"; done
    gunzip -c "$reference"/files/boot/xen-4.17-amd64.gz >"$reference/xen"
    unpack_kernel "$reference"/files/boot/vmlinuz-* "$reference/vmlinux"
    make_reference_initrd "$reference/initrd"
    touch "$reference/complete"
}
