# Sourced: the Debian guest of the lab, made of unmodified Debian packages under out/guest, and the disk that brings it to dom0.
# After ensure_guest: lab.img, a disk for dom0 with an ext4 file system (label `lab`). On it are the guest's kernel as Debian packages it
# (vmlinuz) and unpacked (vmlinux), its ramdisk (initrd), its disk (root.img), its configuration (debian.cfg), GRUB as a kernel for guests that
# have one on their disk (grub-x86_64-xen.bin), and under dom0/ what dom0 links into itself: qemu for the disks that need it, programs that measure.
guest=$out/guest
guest_packages=(bash busybox-static coreutils dash e2fsprogs fio grep iperf3 iproute2 iputils-ping kmod mawk procps sed util-linux)
guest_modules=(crc32c_generic ext4 xen-blkfront xen-netfront)
lab_packages=(bsdutils iperf3 iputils-ping qemu-system-data qemu-system-xen qemu-utils)

# plant TREE PACKAGE...: a tree of these packages' files and of the libraries that their programs need.
plant() {
    local tree=$1 package
    shift
    rm -rf "$tree"
    for package; do unpack "$(printf '%s\n' "$guest/apt/archives/$package"_*.deb)" "$tree"; done
    add_libraries "$guest/all" "$tree"
}

# make_disk FILE SIZE LABEL TREE: a raw image with an ext4 file system of the tree; what is not used takes no room.
make_disk() {
    rm -f "$1"
    truncate -s "$2" "$1"
    /sbin/mkfs.ext4 -q -L "$3" -E root_owner=0:0,lazy_itable_init=1,lazy_journal_init=1 -m 0 -d "$4" "$1"
}

# What starts the guest's disk: busybox, the drivers, and a script.
make_guest_initrd() {
    local tree=$guest/initrd.tree
    rm -rf "$tree"
    mkdir -p "$tree"/{bin,dev,proc,root,sys,usr/lib}
    ln -s usr/lib "$tree/lib"
    ln -s bin "$tree/sbin"
    cp "$guest/root.tree/usr/bin/busybox" "$tree/bin/"
    add_modules "$dom0/kernel" "$tree" "${guest_modules[@]}"
    install -m 755 "$root/eng/guest/initrd" "$tree/init"
    pack_initrd "$tree" "$1"
    rm -rf "$tree"
}

make_guest_root() {
    local tree=$guest/root.tree
    plant "$tree" "${guest_packages[@]}"
    [ -e "$tree/usr/lib64/ld-linux-x86-64.so.2" ] || ln -s ../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 "$tree/usr/lib64/"
    rm -rf "$tree"/usr/lib/{systemd,udev}
    mkdir -p "$tree"/{dev,etc,proc,root,run,sys,tmp,usr/lib/busybox,var}
    "$tree/usr/bin/busybox" --list | while read -r name; do ln -s ../../bin/busybox "$tree/usr/lib/busybox/$name"; done
    add_modules "$dom0/kernel" "$tree" "${guest_modules[@]}"
    install -m 755 "$root/eng/guest/init" "$tree/usr/sbin/init"
    for name in poweroff reboot halt; do install -m 755 "$root/eng/guest/poweroff" "$tree/usr/sbin/$name"; done
    printf 'root:x:0:0:root:/root:/bin/bash\n' >"$tree/etc/passwd"
    printf 'root:x:0:\n' >"$tree/etc/group"
    cp "$guest"/all/etc/debian_version "$guest"/all/usr/lib/os-release "$tree/etc/"
    printf 'set enable-bracketed-paste off\n' >"$tree/etc/inputrc"
    make_guest_initrd "$1/initrd"
    make_disk "$1/root.img" 384M root "$tree"
}

make_lab_disk() {
    local file tree=$guest/lab.tree
    rm -rf "$guest/all" "$tree"
    for file in "$guest"/apt/archives/*.deb; do unpack "$file" "$guest/all"; done
    mkdir -p "$tree"
    make_guest_root "$tree"
    ln "$dom0/vmlinuz" "$dom0/vmlinux" "$tree/"
    fetch_one grub-xen-host "$guest/all"
    cp "$guest/all/usr/lib/grub-xen/grub-x86_64-xen.bin" "$tree/"
    plant "$tree/dom0" "${lab_packages[@]}"
    mv "$tree/dom0/usr/share/qemu/keymaps" "$tree/"
    rm -rf "$tree"/dom0/{bin,sbin,lib,lib64,usr/lib64,etc,usr/share}
    mkdir -p "$tree/dom0/usr/share/qemu"
    mv "$tree/keymaps" "$tree/dom0/usr/share/qemu/"
    cp "$root"/eng/lab/* "$tree/"
    make_disk "$1" 2G lab "$tree"
    rm -rf "$guest"/{all,lab.tree,root.tree}
}

# Only one at a time makes it: tests run side by side.
ensure_guest() {
    ensure_dom0
    (flock 9 && make_guest) 9>"$out/guest.lock"
}

make_guest() {
    local stamp
    stamp=$(cat "$root"/eng/{dom0,guest}.sh "$root"/eng/guest/* "$root"/eng/lab/* | sha256sum)
    mkdir -p "$guest"
    [ "$(cat "$guest/complete" 2>/dev/null)" != "$stamp" ] || return 0
    ensure_packages "making the lab's guest" binutils cpio e2fsprogs kmod xz-utils
    rm -f "$guest/complete"
    fetch_packages "$guest/apt" "${guest_packages[@]}" "${lab_packages[@]}"
    make_lab_disk "$guest/lab.img"
    printf '%s\n' "$stamp" >"$guest/complete"
    say "out/guest/lab.img $(($(stat -c %b "$guest/lab.img") * 512)) bytes"
}
