# Sourced: Debian's real Xen 4.17, unpacked under out/reference; nothing is installed on this machine. It runs the lab's dom0.
# After ensure_reference: xen (as QEMU's -kernel takes it).
reference=$out/reference

ensure_reference() {
    [ ! -e "$reference/complete" ] || return 0
    mkdir -p "$reference"
    fetch_one xen-hypervisor-4.17-amd64 "$reference/files"
    gunzip -c "$reference"/files/boot/xen-4.17-amd64.gz >"$reference/xen"
    touch "$reference/complete"
}
