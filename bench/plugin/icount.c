/* icount: how many guest instructions run from one address to another.
 *
 *   -plugin icount.so,from=0x200000,until=0xffff82d0403ece7d,out=FILE
 *
 * Counting starts when any CPU first executes `from` (without it: at reset) and ends, with QEMU, when any CPU first
 * executes `until` (without it: when QEMU ends). Both are guest virtual addresses; the instruction at `from` is counted,
 * the one at `until` is not. A repeated string instruction counts once per iteration, as it does for QEMU's -icount.
 * Blocks of instructions are counted as they are entered, so a block that a fault leaves early counts whole.
 *
 * The report is lines of `name value`: reached (1 or 0), total, then one line per CPU that ran. With top=N there follow
 * the N blocks that took most, `block ADDRESS INSTRUCTIONS`: where the time goes (exact under -icount only, where one
 * host thread runs all CPUs).
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "qemu-plugin.h"

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

enum { MAX_CPUS = 4096 };

/* One counter per CPU and cache line: without -icount each CPU is a host thread. */
static struct { _Alignas(64) uint64_t count; } cpus[MAX_CPUS];
/* A translated block. Blocks live as long as QEMU: it may run one again at any time. */
struct block {
    uint64_t address, instructions, taken;
    struct block *next;
};

static struct block *_Atomic blocks;
static uint64_t from, until, top;
static bool has_from, has_until;
static volatile bool counting, finished;
static const char *out_path;

static int by_address(const void *left, const void *right)
{
    uint64_t a = (*(struct block *const *)left)->address, b = (*(struct block *const *)right)->address;
    return (a > b) - (a < b);
}

static int by_taken(const void *left, const void *right)
{
    uint64_t a = (*(struct block *const *)left)->taken, b = (*(struct block *const *)right)->taken;
    return (a < b) - (a > b);
}

/* QEMU translates the same code again when its cache is full or mappings change, so blocks of one address are summed. */
static void report_top(FILE *out)
{
    size_t count = 0, merged = 0;
    for (struct block *block = blocks; block; block = block->next)
        count++;
    struct block **sorted = calloc(count + 1, sizeof *sorted);
    if (!sorted)
        return;
    for (struct block *block = blocks; block; block = block->next)
        sorted[merged++] = block;
    qsort(sorted, count, sizeof *sorted, by_address);
    merged = 0;
    for (size_t i = 0; i < count; i++) {
        if (merged && sorted[merged - 1]->address == sorted[i]->address)
            sorted[merged - 1]->taken += sorted[i]->taken;
        else
            sorted[merged++] = sorted[i];
    }
    qsort(sorted, merged, sizeof *sorted, by_taken);
    for (size_t i = 0; i < merged && i < top && sorted[i]->taken; i++)
        fprintf(out, "block 0x%" PRIx64 " %" PRIu64 "\n", sorted[i]->address, sorted[i]->taken);
    free(sorted);
}

static void report(bool reached)
{
    FILE *out = out_path ? fopen(out_path, "w") : stderr;
    if (!out) {
        fprintf(stderr, "icount: cannot write %s: %s\n", out_path, strerror(errno));
        return;
    }
    uint64_t total = 0;
    for (unsigned i = 0; i < MAX_CPUS; i++)
        total += cpus[i].count;
    fprintf(out, "reached %d\ntotal %" PRIu64 "\n", reached, total);
    for (unsigned i = 0; i < MAX_CPUS; i++)
        if (cpus[i].count)
            fprintf(out, "cpu%u %" PRIu64 "\n", i, cpus[i].count);
    if (top)
        report_top(out);
    if (out_path)
        fclose(out);
}

static void on_block(unsigned vcpu, void *data)
{
    struct block *block = data;
    if (!counting)
        return;
    cpus[vcpu % MAX_CPUS].count += block->instructions;
    block->taken += block->instructions;
}

/* `left` is what remains of the block from this instruction on, which on_block has seen before counting began. */
static void on_from(unsigned vcpu, void *left)
{
    if (counting || finished)
        return;
    counting = true;
    cpus[vcpu % MAX_CPUS].count += (uintptr_t)left;
}

static void on_until(unsigned vcpu, void *left)
{
    if (!counting)
        return;
    counting = false;
    finished = true;
    cpus[vcpu % MAX_CPUS].count -= (uintptr_t)left;
    report(true);
    kill(getpid(), SIGTERM);
}

static void on_translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    size_t instructions = qemu_plugin_tb_n_insns(tb);
    struct block *block = calloc(1, sizeof *block);
    if (!block)
        abort();
    block->address = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, 0));
    block->instructions = instructions;
    block->next = atomic_load(&blocks);
    while (!atomic_compare_exchange_weak(&blocks, &block->next, block))
        ;
    qemu_plugin_register_vcpu_tb_exec_cb(tb, on_block, QEMU_PLUGIN_CB_NO_REGS, block);
    for (size_t i = 0; i < instructions; i++) {
        struct qemu_plugin_insn *instruction = qemu_plugin_tb_get_insn(tb, i);
        uint64_t address = qemu_plugin_insn_vaddr(instruction);
        void *left = (void *)(instructions - i);
        if (has_from && address == from)
            qemu_plugin_register_vcpu_insn_exec_cb(instruction, on_from, QEMU_PLUGIN_CB_NO_REGS, left);
        if (has_until && address == until)
            qemu_plugin_register_vcpu_insn_exec_cb(instruction, on_until, QEMU_PLUGIN_CB_NO_REGS, left);
    }
}

static void on_exit_of_qemu(qemu_plugin_id_t id, void *data)
{
    if (!finished)
        report(!has_until);
}

static bool parse_number(const char *text, uint64_t *number)
{
    char *end;
    errno = 0;
    *number = strtoull(text, &end, 0);
    return errno == 0 && end != text && *end == '\0';
}

__attribute__((visibility("default")))
int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info *info, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "from=", 5) == 0 && parse_number(argv[i] + 5, &from))
            has_from = true;
        else if (strncmp(argv[i], "until=", 6) == 0 && parse_number(argv[i] + 6, &until))
            has_until = true;
        else if (strncmp(argv[i], "top=", 4) == 0 && parse_number(argv[i] + 4, &top))
            continue;
        else if (strncmp(argv[i], "out=", 4) == 0)
            out_path = strdup(argv[i] + 4);
        else {
            fprintf(stderr, "icount: '%s' is not from=ADDRESS, until=ADDRESS, top=N or out=FILE\n", argv[i]);
            return -1;
        }
    }
    counting = !has_from;
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translated);
    qemu_plugin_register_atexit_cb(id, on_exit_of_qemu, NULL);
    return 0;
}
