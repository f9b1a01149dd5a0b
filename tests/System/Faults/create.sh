#!/bin/bash
# In dom0: has xl create go wrong at one step after another, STRIDE steps at a time, in the way KIND: error, kill, interrupt; or destroy:
# another xl destroys the domain right then. After each there must be on the host what there was before.
xl=/usr/local/sbin/xl failed=0 mark=/run/faulted
truncate -s 1M /root/disk
cat >/root/g.cfg <<CFG
name = "g"
kernel = "/root/guest.elf"
memory = 8
vif = ["bridge=xenbr0"]
disk = ["/root/disk, raw, xvda, rw"]
CFG

# Left out: the folder of backends, which goes with the last of them, and what the kernel's drivers note about a device that went while it
# came.
look() {
    $xl list | awk 'NR > 1 { print "domain", $1, $2 }'
    xenstore-ls -f / | cut -d ' ' -f 1 | grep -vE '^/local/domain/0/(backend$|error)'
    losetup -a
    ls /sys/class/net /var/lib/xen
    pgrep -fl domain-keeper
}

# What runs in the background, and what the kernel does after it, take a while to end.
settle() {
    local turn
    for ((turn = 0; turn < 300; turn++)); do
        look >/run/after
        cmp -s /run/before /run/after && return
        sleep 0.1
    done
    failed=$((failed + 1))
    echo "step $step, $KIND: left behind:"
    diff /run/before /run/after
    cat /run/said
    $xl destroy g 2>/dev/null
    look >/run/before
}

$xl create -q /root/g.cfg && $xl destroy g || exit 1
sleep 2; look >/run/before
for ((step = FIRST; ; step += STRIDE)); do
    rm -f $mark
    kind=$KIND; [ $KIND != destroy ] || kind=stop
    /root/faults $kind $step $mark $xl create -q /root/g.cfg >/run/said 2>&1 &
    creator=$!
    if [ $KIND = destroy ]; then
        until [ -e $mark ] || ! kill -0 $creator 2>/dev/null; do sleep 0.02; done
        [ ! -e $mark ] || { $xl destroy g >>/run/said 2>&1; kill -CONT $(pgrep -P $creator); }
    fi
    wait $creator 2>/dev/null
    status=$?
    if grep -q 'Unhandled' /run/said; then failed=$((failed + 1)); echo "step $step, $KIND: a fault of xl:"; cat /run/said; fi
    # That step may have been none that matters.
    [ $status != 0 ] || $xl destroy g >>/run/said 2>&1
    settle
    [ -e $mark ] || break
done
echo "$step steps of $KIND, $failed failed"
[ $failed = 0 ]
