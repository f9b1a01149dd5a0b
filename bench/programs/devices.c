// What bench/devices asks of a disk or a network: so many operations of one size, and how long they took.
//
//   devices read|write FILE SIZE COUNT      a disk, past the page cache
//   devices send|receive ADDRESS SIZE COUNT by TCP, to or from the two below on ADDRESS
//   devices sink|source SIZE COUNT          waits for one connection, and takes or gives
//
// Prints "took N ns", the other end of a connection nothing.
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PORT = 5001, PAGE = 4096 };

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int open_disk(const char *file, bool writes) {
    int disk = open(file, O_DIRECT | (writes ? O_WRONLY : O_RDONLY));
    if (disk < 0)
        err(1, "%s", file);
    return disk;
}

// A connection to an address, or the first that somebody makes to us.
static int open_connection(const char *address) {
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    int made = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    if (address != NULL) {
        inet_pton(AF_INET, address, &there.sin_addr);
        while (connect(made, (struct sockaddr *)&there, sizeof there) != 0) { // who listens may not be there yet
            close(made);
            usleep(10000);
            made = socket(AF_INET, SOCK_STREAM, 0);
        }
        return made;
    }
    setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(made, (struct sockaddr *)&there, sizeof there) != 0 || listen(made, 1) != 0)
        err(1, "port %d", PORT);
    return accept(made, NULL, NULL);
}

static void give(int file, const char *buffer, size_t size) {
    for (size_t given = 0; given < size;) {
        ssize_t some = write(file, buffer + given, size - given);
        if (some <= 0)
            err(1, "write");
        given += some;
    }
}

static void take(int file, char *buffer, size_t size) {
    for (size_t taken = 0; taken < size;) {
        ssize_t some = read(file, buffer + taken, size - taken);
        if (some <= 0)
            err(1, "read");
        taken += some;
    }
}

int main(int argc, char **argv) {
    if (argc < 4)
        errx(2, "see the head of bench/programs/devices.c");
    const char *what = argv[1];
    bool is_disk = strcmp(what, "read") == 0 || strcmp(what, "write") == 0;
    bool is_other_end = strcmp(what, "sink") == 0 || strcmp(what, "source") == 0;
    bool gives = strcmp(what, "write") == 0 || strcmp(what, "send") == 0 || strcmp(what, "source") == 0;
    size_t size = atol(argv[argc - 2]);
    long count = atol(argv[argc - 1]);
    char *buffer = aligned_alloc(PAGE, size);
    if (buffer == NULL)
        err(1, "%zu bytes", size);
    memset(buffer, 'x', size);

    int file = is_disk ? open_disk(argv[2], gives) : open_connection(is_other_end ? NULL : argv[2]);
    int64_t start = now();
    for (long turn = 0; turn < count; turn++)
        gives ? give(file, buffer, size) : take(file, buffer, size);
    if (!is_disk && !gives)
        give(file, "", 1); // all arrived
    else if (!is_disk)
        take(file, buffer, 1);
    if (!is_other_end)
        printf("took %lld ns\n", (long long)(now() - start));
    return 0;
}
