# In dom0, behind dom0.sh: the examples of xl's manual, in its order, each with status 0. `web` is the lab's guest; it is made again whenever an
# example has ended it.
mkdir -p /etc/xen /srv /var/tmp /etc/bash_completion.d /mnt
sed 's/"debian"/"web"/; s/^vcpus.*/vcpus = 2\nmaxvcpus = 4\nmaxmem = 512/' /lab/debian.cfg >/etc/xen/web.cfg
truncate -s 16M /srv/data.img
ip link add xenbr1 type bridge && ip link set xenbr1 up

# ready: web is there, and its shell waits on its console.
ready() {
    leave
    command xl domid web >/dev/null 2>&1 || command xl create -q /etc/xen/web.cfg
    take web
    leave
}

# What waits for keys has a terminal of its own, and gets the key that ends it.
watch_top() { { sleep 10; printf q; } | script -qec 'xl top' /dev/null | grep web >/dev/null; }

# prepare LINE: what the example needs to be there, beside web.
prepare() { :; }

# example LINE: without "xl".
example() {
    local before=
    case $1 in
        'domname '*) set -- 'domname 0' ;;
        'unpause '* | help* | info* | dmesg* | create*) ;;
        *) ready; before=$(command xl domid web) ;;
    esac
    prepare "$1"
    case $1 in create*) command xl destroy web 2>/dev/null || true ;; esac
    case $1 in top) set -- "$1" watch_top ;; *) set -- "$1" "xl $1" ;; esac
    if eval "$2"; then echo "well: xl $1"; else echo "FAILED: xl $1"; fi
    case $1 in
        rename*) command xl rename web-old web ;;
        reboot*) until after=$(command xl domid web 2>/dev/null) && [ "$after" != "$before" ]; do sleep 0.2; done ;;
        shutdown* | destroy*) while command xl domid web >/dev/null 2>&1; do sleep 0.2; done ;;
    esac
    leave
}
