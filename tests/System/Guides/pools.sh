# In dom0 on a hypervisor that has CPU pools, behind xl.sh: before each of their examples, all CPUs are in Pool-0 but those of `batch`, which
# there is unless the example makes it.
prepare() {
    case $1 in cpupool-*) ;; *) return ;; esac
    {
        command xl cpupool-migrate web Pool-0
        for pool in batch nightly; do command xl cpupool-destroy "$pool"; done
        command xl cpupool-cpu-add Pool-0 2-3
    } >/dev/null 2>&1 || true
    if [ "$1" = cpupool-numa-split ]; then return; fi
    command xl cpupool-cpu-remove Pool-0 2-3
    case $1 in cpupool-create*) return ;; esac
    command xl cpupool-create 'name="batch"' 'cpus="2-3"'
    case $1 in cpupool-cpu-add*) command xl cpupool-cpu-remove batch 2-3 ;; esac
}
