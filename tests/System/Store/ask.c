// Asks a store at a socket what its standard input says, one request to a line, and prints every answer and event:
//
//   CLIENT TYPE PAYLOAD      TYPE is the number of xs_wire.h, with @ in front for the client's transaction
//
// Numbers that differ between daemons are masked: ids of transactions, generations of lists.
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { START = 6, EVENT = 15, PART = 22, CLIENTS = 4, HEAD = 16, LONGEST = 4096, QUIET = 50, PATIENCE = 5000 };
struct message { uint32_t type, request, transaction, length; };
static struct { int file; uint32_t transaction; } clients[CLIENTS];

static int connect_to(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    int file = socket(AF_UNIX, SOCK_STREAM, 0);
    if (file < 0 || connect(file, (struct sockaddr *)&address, sizeof address) < 0) { perror(path); exit(2); }
    return file;
}

// \0, \xNN and \*COUNT* (so many letters) stand for bytes.
static size_t unescape(const char *in, char *bytes, size_t room) {
    char *out = bytes;
    while (*in && out < bytes + room) {
        if (in[0] == '\\' && in[1] == '0') { *out++ = 0; in += 2; }
        else if (in[0] == '\\' && in[1] == 'x') { char hex[3] = {in[2], in[3], 0}; *out++ = (char)strtol(hex, NULL, 16); in += 4; }
        else if (in[0] == '\\' && in[1] == '*') { char *end; long count = strtol(in + 2, &end, 10); memset(out, 'a', (size_t)count); out += count; in = end + 1; }
        else *out++ = *in++;
    }
    return (size_t)(out - bytes);
}

static int take(int file, void *bytes, size_t length) {
    for (size_t done = 0; done < length;) {
        ssize_t got = read(file, (char *)bytes + done, length - done);
        if (got <= 0) return 0;
        done += (size_t)got;
    }
    return 1;
}

// Prints one message. 0: the other end is closed; 1: an event; 2: an answer.
static int hear(int number) {
    struct message head;
    unsigned char payload[LONGEST + 1] = {0};
    if (!take(clients[number].file, &head, HEAD) || head.length > LONGEST || !take(clients[number].file, payload, head.length)) return 0;
    size_t from = 0;
    printf("  %d: %u%s ", number, head.type, head.type == EVENT ? " event" : "");
    if (head.type == START) { clients[number].transaction = (uint32_t)atoi((char *)payload); printf("TRANSACTION"); from = strlen((char *)payload); }
    if (head.type == PART) { printf("GENERATION"); from = strlen((char *)payload); }
    for (size_t at = from; at < head.length; at++) {
        if (payload[at] >= ' ' && payload[at] < 127) putchar(payload[at]);
        else printf("\\x%02x", payload[at]);
    }
    putchar('\n');
    return head.type == EVENT ? 1 : 2;
}

// Waits for the answer to what a client asked, and then for events until there are no more.
static void hear_all(const char *path, int asker) {
    struct pollfd files[CLIENTS];
    for (int wait = PATIENCE;;) {
        for (int index = 0; index < CLIENTS; index++) files[index] = (struct pollfd){clients[index].file, POLLIN, 0};
        if (poll(files, CLIENTS, wait) <= 0) return;
        for (int index = 0; index < CLIENTS; index++) {
            int heard = files[index].revents != 0 ? hear(index) : 1;
            if (index == asker && heard != 1) wait = QUIET;
            if (heard != 0) continue;
            printf("  %d: closed\n", index);
            close(clients[index].file);
            clients[index].file = connect_to(path);
        }
    }
}

int main(int count, char **arguments) {
    static char line[4096], payload[8192];
    signal(SIGPIPE, SIG_IGN);
    if (count != 2) return 2;
    for (int index = 0; index < CLIENTS; index++) clients[index].file = connect_to(arguments[1]);
    for (uint32_t request = 1; fgets(line, sizeof line, stdin); request++) {
        line[strcspn(line, "\n")] = 0;
        if (line[0] == 0 || line[0] == '#') continue;
        printf("%.100s\n", line);
        int number = atoi(line);
        char *type = strchr(line, ' ') + 1, *escaped = strchr(type, ' ');
        int in_transaction = *type == '@';
        struct message head = {(uint32_t)atoi(type + in_transaction), request, in_transaction ? clients[number].transaction : 0, 0};
        size_t length = escaped ? unescape(escaped + 1, payload, LONGEST) : 0;
        head.length = (uint32_t)length;
        if (write(clients[number].file, &head, HEAD) != HEAD || write(clients[number].file, payload, length) != (ssize_t)length) puts("  not taken");
        hear_all(arguments[1], number);
        fflush(stdout);
    }
    return 0;
}
