// A terminal of a size, and a program on it: terminal ROWS COLUMNS PROGRAM ARGUMENT... What the program says goes to standard output. Each
// line of standard input gives the terminal another size, as two numbers; at its end Ctrl-] is typed, and the program's end waited for.
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void set_size(int file, int rows, int columns) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    if (ioctl(file, TIOCSWINSZ, &size) < 0) perror("TIOCSWINSZ");
}

int main(int count, char **arguments) {
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (count < 4 || terminal < 0 || grantpt(terminal) < 0 || unlockpt(terminal) < 0) return 2;
    set_size(terminal, atoi(arguments[1]), atoi(arguments[2]));
    pid_t child = fork();
    if (child == 0) {
        setsid();
        int file = open(ptsname(terminal), O_RDWR);
        for (int to = 0; to < 3; to++) dup2(file, to);
        close(terminal);
        execvp(arguments[3], &arguments[3]);
        _exit(127);
    }
    char bytes[4096];
    struct pollfd files[] = {{terminal, POLLIN, 0}, {0, POLLIN, 0}};
    while (poll(files, 2, -1) > 0) {
        if (files[0].revents) {
            ssize_t got = read(terminal, bytes, sizeof bytes);
            if (got <= 0) break;
            if (write(1, bytes, (size_t)got) != got) break;
        }
        if (files[1].revents) {
            ssize_t got = read(0, bytes, sizeof bytes - 1);
            int rows, columns;
            bytes[got > 0 ? got : 0] = 0;
            if (got > 0 && sscanf(bytes, "%d %d", &rows, &columns) == 2) set_size(terminal, rows, columns);
            if (got <= 0) {
                if (write(terminal, "\x1d", 1) != 1) break;
                files[1].fd = -1;
            }
        }
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 126;
}
