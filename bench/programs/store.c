// Asks a store, through a kernel's ring (/dev/xen/xenbus) or the daemon's socket: one client and then many, alone and in conflict.
// Prints name=value lines; a time is in nanoseconds for one operation, which under -icount are instructions.
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

// Source: io/xs_wire.h.
enum { READ = 2, START = 6, END = 7, WRITE = 11, ERROR = 16, HEAD = 16, LONGEST = 4096 };
struct message { uint32_t type, request, transaction, length; };

enum step { STARTING, READING, WRITING, ENDING };
struct client {
    int file;
    enum step step;
    uint32_t transaction;
    long value;
    int left, tries, most_tries;
    size_t filled;
    char input[HEAD + LONGEST + 1];
};

static const char node[] = "/bench/counter";
static uint32_t requests;

static void fail(const char *what) {
    fprintf(stderr, "store: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int connect_to(const char *path) {
    if (strncmp(path, "/dev/", 5) == 0) {
        int file = open(path, O_RDWR | O_NONBLOCK);
        if (file < 0) fail(path);
        return file;
    }
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    int file = socket(AF_UNIX, SOCK_STREAM, 0);
    if (file < 0 || connect(file, (struct sockaddr *)&address, sizeof address) < 0) fail(path);
    fcntl(file, F_SETFL, O_NONBLOCK);
    return file;
}

static void ask(struct client *client, uint32_t type, const void *payload, uint32_t length) {
    char bytes[256];
    struct message head = {type, ++requests, client->transaction, length};
    memcpy(bytes, &head, HEAD);
    memcpy(bytes + HEAD, payload, length);
    if (write(client->file, bytes, HEAD + length) != (ssize_t)(HEAD + length)) fail("a request is not taken");
}

// Whether an answer is there; it is ended by a zero byte and stays until the next call.
static int hear(struct client *client, struct message *head) {
    ssize_t got = read(client->file, client->input + client->filled, HEAD + LONGEST - client->filled);
    if (got < 0 && errno == EAGAIN) return 0;
    if (got <= 0) fail("no answer");
    client->filled += (size_t)got;
    if (client->filled < HEAD) return 0;
    memcpy(head, client->input, HEAD);
    if (client->filled < HEAD + head->length) return 0;
    client->filled = 0;
    client->input[HEAD + head->length] = 0;
    return 1;
}

static void ask_value(struct client *client) {
    char text[64];
    int length = snprintf(text, sizeof text, "%s%c%ld", node, 0, client->value);
    ask(client, WRITE, text, (uint32_t)length);
}

static void begin(struct client *client) {
    client->step = STARTING;
    client->transaction = 0;
    client->tries++;
    ask(client, START, "", 1);
}

// One step of counting in transactions. Whether the client has counted as often as it should.
static int go_on(struct client *client, const struct message *head) {
    const char *text = client->input + HEAD;
    if (head->type == ERROR && !(client->step == ENDING && strcmp(text, "EAGAIN") == 0)) {
        fprintf(stderr, "store: step %d is refused: %s\n", client->step, text);
        exit(1);
    }
    switch (client->step) {
    case STARTING:
        client->transaction = (uint32_t)strtoul(text, NULL, 10);
        client->step = READING;
        ask(client, READ, node, sizeof node);
        return 0;
    case READING:
        client->value = strtol(text, NULL, 10) + 1;
        client->step = WRITING;
        ask_value(client);
        return 0;
    case WRITING:
        client->step = ENDING;
        ask(client, END, "T", 2);
        return 0;
    default:
        if (head->type != ERROR) {
            if (client->tries > client->most_tries) client->most_tries = client->tries;
            client->tries = 0;
            if (--client->left == 0) return 1;
        }
        begin(client);
        return 0;
    }
}

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

// Each client asks the same again and again, or counts in transactions.
static void run(const char *name, struct client *clients, int count, int turns, uint32_t type) {
    int poller = epoll_create1(0), open = count, tries = 0, most = 0;
    for (int index = 0; index < count; index++) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &clients[index]};
        if (epoll_ctl(poller, EPOLL_CTL_ADD, clients[index].file, &event) < 0) fail("poll");
        clients[index].left = turns;
        clients[index].tries = clients[index].most_tries = 0;
        clients[index].transaction = 0;
    }
    uint32_t before = requests;
    long start = now();
    for (int index = 0; index < count; index++) {
        if (type == START) begin(&clients[index]);
        else if (type == WRITE) ask_value(&clients[index]);
        else ask(&clients[index], type, node, sizeof node);
    }
    while (open > 0) {
        struct epoll_event events[64];
        int ready = epoll_wait(poller, events, 64, 60000);
        if (ready <= 0) fail("nobody answers");
        for (int index = 0; index < ready; index++) {
            struct client *client = events[index].data.ptr;
            struct message head;
            if (!hear(client, &head)) continue;
            if (type == START) open -= go_on(client, &head);
            else if (--client->left == 0) open--;
            else if (type == WRITE) ask_value(client);
            else ask(client, type, node, sizeof node);
        }
    }
    long taken = now() - start;
    for (int index = 0; index < count; index++)
        if (clients[index].most_tries > most) most = clients[index].most_tries;
    tries = type == START ? (int)(requests - before) / 4 : 0;
    printf("%s=%ld\n", name, taken / ((long)count * turns));
    if (type == START) printf("%s-tries=%d\n%s-most=%d\n", name, tries, name, most);
    fflush(stdout);
    close(poller);
}

int main(int count, char **arguments) {
    if (count != 4) {
        fprintf(stderr, "usage: store PATH CLIENTS TURNS\n");
        return 2;
    }
    int clients = atoi(arguments[2]), turns = atoi(arguments[3]);
    struct client *all = calloc((size_t)clients, sizeof *all);
    for (int index = 0; index < clients; index++) all[index].file = connect_to(arguments[1]);
    run("warm", all, clients, 20, WRITE);
    run("read", all, 1, 500, READ);
    run("write", all, 1, 500, WRITE);
    run("transaction", all, 1, 200, START);
    run("reads", all, clients, 20, READ);
    run("writes", all, clients, 20, WRITE);
    all[0].value = 0;
    run("reset", all, 1, 1, WRITE);
    run("conflict", all, clients, turns, START);
    run("last", all, 1, 1, START);
    printf("counted=%ld\n", all[0].value);
    return 0;
}
