// Runs a program, and has one of its calls into the kernel go wrong:
//
//   faults KIND NUMBER MARK PROGRAM ARGUMENTS...
//
// KIND says how: error (the call fails), kill, interrupt, stop (a signal comes right before it). NUMBER says which, counted from 1 over the
// calls by which a program changes anything outside itself. The file MARK is made after that, so that no signal to go on comes before the one
// to stop. Threads and children of the program are not followed. The status is the program's.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

// The error that a call is to fail with; 0: it is none of those that count.
static int error_of(long call)
{
    switch (call) {
    case SYS_ioctl:
    case SYS_fork:
    case SYS_vfork:
    case SYS_clone:
    case SYS_clone3:
        return ENOMEM;
    case SYS_write:
    case SYS_pwrite64:
    case SYS_sendto:
    case SYS_sendmsg:
    case SYS_unlink:
        return EIO;
    case SYS_open:
    case SYS_openat:
    case SYS_pipe2:
    case SYS_socket:
        return EMFILE;
    case SYS_connect:
        return ECONNREFUSED;
    case SYS_rename:
    case SYS_mkdir:
        return ENOSPC;
    default:
        return 0;
    }
}

static void fail(pid_t child, struct user_regs_struct *registers, int error)
{
    int status;

    registers->orig_rax = -1;
    ptrace(PTRACE_SETREGS, child, 0, registers);
    ptrace(PTRACE_SYSCALL, child, 0, 0);
    waitpid(child, &status, 0);
    ptrace(PTRACE_GETREGS, child, 0, registers);
    registers->rax = -error;
    ptrace(PTRACE_SETREGS, child, 0, registers);
    ptrace(PTRACE_DETACH, child, 0, 0);
}

// Goes on until the call is there; 1 when it was.
static int strike(pid_t child, const char *kind, long number, int *status)
{
    struct user_regs_struct registers;
    int entering = 0, signal = 0, error;

    while (ptrace(PTRACE_SYSCALL, child, 0, signal) == 0 && waitpid(child, status, 0) == child && WIFSTOPPED(*status)) {
        signal = WSTOPSIG(*status);
        if (signal != (SIGTRAP | 0x80)) {
            signal = signal == SIGTRAP ? 0 : signal; // that one says that the program was loaded
            continue;
        }
        signal = 0;
        entering = !entering;
        ptrace(PTRACE_GETREGS, child, 0, &registers);
        error = entering ? error_of(registers.orig_rax) : 0;
        if (!error || --number > 0)
            continue;
        if (!strcmp(kind, "error"))
            fail(child, &registers, error);
        else {
            kill(child, !strcmp(kind, "kill") ? SIGKILL : !strcmp(kind, "interrupt") ? SIGINT : SIGSTOP);
            ptrace(PTRACE_DETACH, child, 0, 0);
        }
        return 1;
    }
    return 0;
}

int main(int count, char **arguments)
{
    int status;
    pid_t child;

    if (count < 5)
        return 125;
    child = fork();
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        raise(SIGSTOP);
        execv(arguments[4], arguments + 4);
        _exit(127);
    }
    waitpid(child, &status, 0);
    ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    if (strike(child, arguments[1], atol(arguments[2]), &status)) {
        close(open(arguments[3], O_CREAT | O_WRONLY, 0600));
        waitpid(child, &status, 0);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
