#!/bin/bash
# In dom0: runs each command below by Debian's xl and by ours, against the same domains. Says what Debian's printed on standard output, with its
# status, and at the end, under `== differences`, the commands of which ours printed something else. Times and what a guest changes by itself
# are masked. The status is the number of commands that differ.
ours=/usr/local/sbin/xl debians=/usr/lib/xen-4.17/bin/xl
work=$(mktemp -d) differing=0

mask() {
    sed -E 's/ +[0-9]+\.[0-9]( |$)/ TIME\1/; s/^( ?)[0-9]+:[0-9:]+ up .*, /\1UP /; s/ [0-9]+:[0-9]{2}:[0-9]{2}$/ UPTIME/; s/^(free_memory|cpu_mhz) .*/\1/
        s/ (r|-)(b|-)(p|-)(s|-)(c|-)(d|-) / STATE /; s/   [r-][b-]([p-]) /   CPU\1 /; s/^(.{38} +[0-9]+) +[0-9-]+   CPU/\1 CPU/; s/^(Domain-0 +0) +[0-9]+/\1 MEM/
        s/^( +[0-9]+:) +[0-9]+ +[0-9]+ {6}([0-9,]+)$/\1 SIZE FREE \2/'
}

both() {
    local theirs mine
    "$debians" "$@" </dev/null >"$work/theirs" 2>"$work/theirs.error"; theirs=$?
    "$ours" "$@" </dev/null >"$work/ours" 2>"$work/ours.error"; mine=$?
    mask <"$work/theirs" >"$work/theirs.masked"
    mask <"$work/ours" >"$work/ours.masked"
    echo "== xl $*"
    echo "status $theirs"
    cat "$work/theirs.masked"
    if [ $theirs != $mine ] || ! cmp -s "$work/theirs.masked" "$work/ours.masked"; then
        {
            echo "DIFFERS: xl $* (Debian's $theirs, ours $mine)"
            diff "$work/theirs.masked" "$work/ours.masked"
            tail -n 2 "$work/ours.error"
        } >>"$work/differences"
        differing=$((differing + 1))
    fi
}

cat >"$work/a.cfg" <<CFG
name = "golden"
uuid = "7c0f3a52-5d5e-4c55-9c6e-5a0d4f7a1b01"
kernel = "/lab/vmlinux"
memory = 96
maxmem = 128
vcpus = 2
maxvcpus = 3
cpus = "0-1"
extra = "console=hvc0"
disk = ["/lab/root.img,raw,xvda,ro"]
vif = ["bridge=xenbr0,mac=00:16:3e:17:00:09"]
CFG

# What lists say of the guest, whoever made it.
lists() {
    for options in '' -v -Z -c -n -l 'golden' '-l golden' 'nope' '--bogus' '77'; do both list $options; done
    for options in '' golden 0 nope; do both vcpu-list $options; both uptime $options; done
    for name in golden nope; do both domid $name; both block-list $name; both network-list $name; both channel-list $name; done
    both vm-list; both claims; both sharing
}

"$ours" create -p -q "$work/a.cfg" || exit 125
lists
for options in '' -n --bogus; do both info $options; done
both uptime -s golden
for options in '' -c Pool-0 nope; do both cpupool-list $options; done
for options in '' '-d golden' '-s' '-d golden -w 300' '-d golden' '-d nope' '-w 3'; do both sched-credit2 $options; done
both domname 0; both domname 4711; both domname x
both vcpu-pin golden 0 1; both vcpu-pin golden all all; both vcpu-pin golden 0 99; both vcpu-pin golden 9 0; both vcpu-list golden
both vcpu-set golden 1; both vcpu-set golden 2; both vcpu-set golden 99
both mem-max golden 120m; both mem-set golden 90m; both mem-set golden xx; both list golden
"$debians" rename golden silver; "$ours" rename silver golden; both domid golden; both rename nope x
both sysrq golden s; both trigger nope nmi; both debug-keys r; both set-parameters nope=1
both pause nope; both unpause nope; both destroy nope; both destroy 0; both shutdown; both shutdown nope; both reboot nope
both dump-core nope /tmp/x; both console nope; both block-detach golden xvdz; both network-detach golden 7; both frobnicate
"$ours" destroy golden
"$debians" create -p -q "$work/a.cfg" || exit 125
lists
"$debians" destroy golden
echo "== differences"
[ $differing = 0 ] || cat "$work/differences"
rm -rf "$work"
exit $differing
