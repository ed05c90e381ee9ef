/* The programs at the ends of connections: each blocks as programs do, each in a thread of its own. */
#define _GNU_SOURCE
#include "player.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef SO_RESERVE_MEM
#define SO_RESERVE_MEM 73
#endif

#define MAX_READ (1 << 20)
#define BUFFER (1 << 30)
#define MS INT64_C(1000000)

/* How an episode of sending or reading came to its end. */
enum why { OVER, DONE, BROKEN };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
_Atomic int stopping;

static const char *zeros;
static char sink[MAX_READ];

static void interrupted(int signal) { (void)signal; }

void traffic_begin(void) {
  zeros = mmap(NULL, BUFFER, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  struct sigaction action = {.sa_handler = interrupted}; /* no SA_RESTART: a call that blocks returns */
  if (zeros == MAP_FAILED || sigaction(SIGUSR1, &action, NULL)) {
    die("cannot begin: %s", strerror(errno));
  }
}

static void announce(void) {
  pthread_mutex_lock(&lock);
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
}

/* Whether this program has to stop here; says that it knows of all changes. */
static int over(struct end *end) {
  struct flow *flow = end->connection->flow;
  end->seen = flow->generation;
  return stopping || flow->removed || (end->owner && end->owner->closing);
}

/* Until something changes. */
static void wait_for_change(struct end *end) {
  int known = end->seen;
  pthread_mutex_lock(&lock);
  while (!over(end) && end->seen == known) {
    pthread_cond_wait(&changed, &lock);
  }
  pthread_mutex_unlock(&lock);
}

static void wait_until_over(struct end *end) {
  while (!over(end)) {
    wait_for_change(end);
  }
}

/* Sleeps until then, or until something changes; whether it was the latter. */
static int nap(struct end *end, int64_t until_ns) {
  int known = end->seen;
  while (!over(end) && end->seen == known && now_ns() < until_ns) {
    sleep_until(until_ns);
  }
  return over(end) || end->seen != known;
}

static void nap_through(struct end *end, int64_t until_ns) {
  while (!over(end) && now_ns() < until_ns) {
    sleep_until(until_ns);
  }
}

static int64_t interval_ns(int64_t bytes, int64_t rate) { return (int64_t)(bytes * 1e9 / rate); }

static struct behaviour *behaviour(struct end *end) { return end->connection->flow->now; }

/* What a program of the end writes is drawn from numbers of its own. */
static uint64_t seed(struct connection *connection, int what) {
  return connection->flow->seed * 1000003 + connection->index * 16 + what;
}

static int64_t size(const struct draw *what, uint64_t seed, uint64_t number) {
  double drawn = draw(what, seed, number);
  return drawn < 1 ? 1 : drawn > BUFFER ? BUFFER : (int64_t)drawn;
}

static enum why send_all(struct end *end, int fd, int64_t bytes) {
  while (bytes > 0) {
    ssize_t taken = send(fd, zeros, bytes, MSG_NOSIGNAL);
    if (taken > 0) {
      end->sent += taken;
      bytes -= taken;
    } else if (errno != EINTR) {
      return BROKEN;
    }
    if (over(end)) {
      return OVER;
    }
  }
  return DONE;
}

/* One recv of at most so many bytes: how many, 0 at the end of the data or after a reset, -1 if it is over. */
static ssize_t receive(struct end *end, int fd, int64_t most) {
  for (;;) {
    ssize_t got = recv(fd, sink, most < MAX_READ ? most : MAX_READ, 0);
    if (got > 0) {
      end->received += got;
      return got;
    }
    if (got == 0 || errno != EINTR) {
      return 0;
    }
    int known = end->seen;
    if (over(end)) {
      return -1;
    }
    if (end->seen != known) {
      return -2;
    }
  }
}

/* Sends chunks at a rate, as Connection.java has it: who was blocked does not make up for more than a millisecond. */
static enum why send_chunks(struct end *end, int fd, int back) {
  struct flow *flow = end->connection->flow;
  int64_t next = now_ns(), begun = 0;
  uint64_t number = 0;
  while (!over(end)) {
    struct behaviour *is = behaviour(end);
    int64_t rate = back ? is->back : is->send;
    int64_t left = back || is->bytes == ENDLESS ? ENDLESS : is->bytes + flow->more - begun;
    if (left <= 0 && is->then != STAY) {
      return DONE;
    }
    if (rate == 0 || left <= 0) {
      wait_for_change(end);
      next = now_ns();
      continue;
    }
    int64_t chunk = size(back ? &is->back_chunk : &is->chunk, seed(end->connection, back), number);
    if (rate != RATE_MAX) {
      int64_t now = now_ns();
      if (next > now) {
        next = nap(end, next) ? now_ns() : next;
        continue;
      }
      next = (next > now - MS ? next : now - MS) + interval_ns(chunk, rate);
    }
    number++;
    chunk = chunk < left ? chunk : left;
    begun += chunk;
    enum why why = send_all(end, fd, chunk);
    if (why != DONE) {
      return why;
    }
  }
  return OVER;
}

static void read_pause(struct end *end, int64_t began, int64_t bytes) {
  int64_t rate = behaviour(end)->read;
  if (rate != RATE_MAX && rate != 0) {
    nap(end, began + interval_ns(bytes, rate));
  }
}

/* Reads at a rate until the end of the data. A pause begins when recv returned, or when the last pause should have ended. */
static enum why read_chunks(struct end *end, int fd) {
  int64_t due = 0;
  uint64_t number = 0;
  while (!over(end)) {
    struct behaviour *is = behaviour(end);
    if (is->read == 0) {
      wait_for_change(end);
      continue;
    }
    int64_t most = is->read == RATE_MAX ? MAX_READ : size(&is->chunk, seed(end->connection, 2), number++);
    int64_t called = now_ns();
    ssize_t got = receive(end, fd, most);
    if (got == 0) {
      return DONE;
    }
    if (got < 0) {
      continue;
    }
    int64_t now = now_ns();
    int waited = now - called > MS / 5;
    int64_t began = waited || now - due > MS ? now : due;
    read_pause(end, began, most);
    due = is->read == RATE_MAX ? now : began + interval_ns(most, is->read);
  }
  return OVER;
}

static enum why receive_all(struct end *end, int fd, int64_t bytes) {
  while (bytes > 0) {
    struct behaviour *is = behaviour(end);
    if (is->read == 0) {
      wait_for_change(end);
    } else {
      int64_t most = is->read == RATE_MAX ? bytes : (int64_t)is->chunk.a;
      ssize_t got = receive(end, fd, most < bytes ? most : bytes);
      if (got == 0) {
        return BROKEN;
      }
      bytes -= got > 0 ? got : 0;
      if (got > 0 && bytes > 0) {
        read_pause(end, now_ns(), most);
      }
    }
    if (over(end)) {
      return OVER;
    }
  }
  return DONE;
}

static enum why ask(struct end *end, int fd, int64_t *number) {
  struct connection *connection = end->connection;
  int64_t first = *number, next = now_ns();
  while (!over(end)) {
    struct behaviour *is = behaviour(end);
    if (is->requests != ENDLESS && *number - first >= is->requests) {
      if (is->then != STAY) {
        return DONE;
      }
      wait_for_change(end);
      continue;
    }
    int64_t request = size(&is->request, seed(connection, 4), *number);
    if (is->send == 0) {
      wait_for_change(end);
      continue;
    }
    if (is->send != RATE_MAX) {
      nap_through(end, next);
      int64_t now = now_ns();
      next = (next > now - MS ? next : now - MS) + interval_ns(request, is->send);
    }
    enum why why = send_all(end, fd, request);
    if (why == DONE) {
      why = receive_all(end, fd, size(&is->response, seed(connection, 5), *number));
    }
    if (why != DONE) {
      return why;
    }
    nap_through(end, now_ns() + (int64_t)draw(&is->think, seed(connection, 6), *number));
    ++*number;
  }
  return OVER;
}

static enum why answer(struct end *end, int fd, struct connection *asker) {
  for (int64_t number = asker->first_request; !over(end); number++) {
    struct behaviour *is = behaviour(end);
    enum why why = receive_all(end, fd, size(&is->request, seed(asker, 4), number));
    if (why == DONE) {
      int64_t serve = (int64_t)draw(&is->serve, seed(asker, 7), number);
      if (serve > 0) {
        nap_through(end, now_ns() + serve);
      }
      why = send_all(end, fd, size(&is->response, seed(asker, 5), number));
    }
    if (why != DONE) {
      return why;
    }
  }
  return OVER;
}

static void set(int fd, int level, int name, int64_t value, const char *what) {
  int number = (int)value;
  if (value >= 0 && setsockopt(fd, level, name, &number, sizeof number)) {
    die("%s=%d was refused: %s", what, number, strerror(errno));
  }
}

/* An end that gets no reserve goes on without. */
static void reserve(int fd, const struct flow *flow) {
  int bytes = (int)flow->options.reserve;
  if (bytes > 0) {
    setsockopt(fd, SOL_SOCKET, SO_RESERVE_MEM, &bytes, sizeof bytes);
  }
}

static int new_socket(const struct flow *flow) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    die("socket: %s", strerror(errno));
  }
  set(fd, SOL_SOCKET, SO_RCVBUF, flow->options.rcvbuf, "rcvbuf");
  set(fd, SOL_SOCKET, SO_SNDBUF, flow->options.sndbuf, "sndbuf");
  set(fd, IPPROTO_TCP, TCP_NODELAY, flow->options.nodelay ? 1 : -1, "nodelay");
  set(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, flow->options.notsent_lowat, "notsent_lowat");
  return fd;
}

/* Both programs of an end may use the socket from now on. */
static void share(struct end *end, int fd) {
  end->closing = 0;
  end->fd = fd;
  announce();
}

static void close_end(struct end *end, int reset) {
  int fd = end->fd;
  end->closing = 1;
  while (end->companion && end->companion->busy) {
    pthread_kill(end->companion->thread, SIGUSR1);
    announce();
    sleep_until(now_ns() + MS / 20);
  }
  end->fd = -1;
  if (reset) {
    struct linger now = {1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  }
  close(fd);
  end->connection->flow->closed++;
}

static void await(struct end *end, _Atomic int *what) {
  pthread_mutex_lock(&lock);
  while (!over(end) && !*what) {
    pthread_cond_wait(&changed, &lock);
  }
  pthread_mutex_unlock(&lock);
}

static int connect_to(struct end *end, struct flow *flow) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(flow->port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  struct sockaddr_in from = {0};
  socklen_t length = sizeof from;
  int fd = new_socket(flow);
  reserve(fd, flow);
  if (connect(fd, (struct sockaddr *)&to, sizeof to)) {
    if (!over(end)) {
      flow->failed++;
    }
    close(fd);
    return -1;
  }
  getsockname(fd, (struct sockaddr *)&from, &length);
  flow->net->owner[ntohs(from.sin_port)] = end->connection;
  return fd;
}

static void *writer(void *argument) {
  struct end *end = argument;
  struct flow *flow = end->connection->flow;
  await(end, &flow->begun);
  await(end, &flow->port);
  int64_t number = 0;
  while (!over(end)) {
    end->connection->first_request = number;
    int fd = connect_to(end, flow);
    flow->opened += fd >= 0;
    await(end, &flow->go);
    enum why why = BROKEN;
    if (fd >= 0) {
      share(end, fd);
      why = behaviour(end)->request.a > 0 ? ask(end, fd, &number) : send_chunks(end, fd, 0);
    }
    enum then then = behaviour(end)->then;
    if (why == OVER) {
      break;
    }
    if (fd >= 0) {
      close_end(end, why == DONE && then == RESET);
    }
    if (then != REOPEN) {
      wait_until_over(end);
    } else {
      nap_through(end, now_ns() + behaviour(end)->pause_ns);
    }
  }
  end->ended = 1;
  return NULL;
}

static void listen_for(struct flow *flow) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t length = sizeof at;
  flow->listener = new_socket(flow);
  if (bind(flow->listener, (struct sockaddr *)&at, length) || listen(flow->listener, 4096) ||
      getsockname(flow->listener, (struct sockaddr *)&at, &length)) {
    die("cannot listen: %s", strerror(errno));
  }
  flow->port = ntohs(at.sin_port);
  announce();
}

/* Who connected on that port. It is known as soon as connect has returned there. */
static struct connection *opener(struct end *end, const struct sockaddr_in *from) {
  struct connection *_Atomic *slot = &end->connection->flow->net->owner[ntohs(from->sin_port)];
  while (!over(end)) {
    struct connection *found = atomic_exchange(slot, NULL);
    if (found) {
      return found;
    }
    sleep_until(now_ns() + MS / 100);
  }
  return NULL;
}

static void *reader(void *argument) {
  struct end *end = argument;
  struct flow *flow = end->connection->flow;
  await(end, &flow->begun);
  if (end->connection->index == 0 && !over(end)) {
    listen_for(flow);
  }
  await(end, &flow->port);
  while (!over(end)) {
    struct sockaddr_in from = {0};
    socklen_t length = sizeof from;
    int fd = accept4(flow->listener, (struct sockaddr *)&from, &length, SOCK_CLOEXEC);
    if (fd < 0) {
      continue;
    }
    reserve(fd, flow);
    flow->accepted++;
    struct connection *asker = opener(end, &from);
    share(end, fd);
    await(end, &flow->go);
    if (!asker) {
      break;
    }
    enum why why = behaviour(end)->request.a > 0 ? answer(end, fd, asker) : read_chunks(end, fd);
    if (why == OVER) {
      break;
    }
    close_end(end, 0);
  }
  end->ended = 1;
  return NULL;
}

/* The second program at a socket: it begins when the first has opened it, and lets go before that closes it. */
static void *companion(void *argument) {
  struct end *end = argument;
  struct flow *flow = end->connection->flow;
  int writes = end == &end->connection->reader_writes;
  int last = -1;
  await(end, &flow->go);
  while (!stopping && !flow->removed) {
    pthread_mutex_lock(&lock);
    while (!stopping && !flow->removed && (end->owner->closing || end->owner->fd < 0 || end->owner->fd == last)) {
      end->seen = flow->generation;
      if (end->owner->fd < 0) {
        last = -1;
      }
      pthread_cond_wait(&changed, &lock);
    }
    end->busy = 1;
    int fd = end->owner->fd;
    pthread_mutex_unlock(&lock);
    if (!over(end)) {
      last = fd;
      writes ? send_chunks(end, fd, 1) : read_chunks(end, fd);
    }
    end->busy = 0;
    if (end->owner->closing) {
      last = -1;
    }
  }
  end->ended = 1;
  return NULL;
}

static void join(const char *tasks) {
  if (strcmp(tasks, "-") == 0) {
    return;
  }
  int fd = open(tasks, O_WRONLY);
  if (fd < 0 || write(fd, "0", 1) != 1) {
    die("cannot join %s: %s", tasks, strerror(errno));
  }
  close(fd);
}

static void start(struct end *end, struct connection *connection, void *(*program)(void *)) {
  end->connection = connection;
  end->fd = -1;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 64 << 10);
  if (pthread_create(&end->thread, &attributes, program, end)) {
    die("no thread: %s", strerror(errno));
  }
}

/* A thread is born into the group and the network of the one that made it. */
static void *make_writers(void *argument) {
  struct flow *flow = argument;
  join(flow->group);
  net_enter(flow->net);
  for (int i = 0; i < flow->connections; i++) {
    struct connection *each = &flow->all[i];
    if (flow->both_ways) {
      each->writer.companion = &each->writer_reads;
      each->writer_reads.owner = &each->writer;
      start(&each->writer_reads, each, companion);
    }
    start(&each->writer, each, writer);
  }
  return NULL;
}

static void *make_readers(void *argument) {
  struct flow *flow = argument;
  join(flow->peer);
  net_enter(flow->net);
  for (int i = 0; i < flow->connections; i++) {
    struct connection *each = &flow->all[i];
    if (flow->both_ways) {
      each->reader.companion = &each->reader_writes;
      each->reader_writes.owner = &each->reader;
      start(&each->reader_writes, each, companion);
    }
    start(&each->reader, each, reader);
  }
  return NULL;
}

void flow_prepare(struct flow *flow) {
  flow->all = calloc(flow->connections, sizeof *flow->all);
  for (int i = 0; i < flow->connections; i++) {
    flow->all[i].flow = flow;
    flow->all[i].index = i;
    flow->all[i].writer.fd = flow->all[i].reader.fd = -1;
  }
  pthread_t maker;
  if (pthread_create(&maker, NULL, make_readers, flow) || pthread_join(maker, NULL) ||
      pthread_create(&maker, NULL, make_writers, flow) || pthread_join(maker, NULL)) {
    die("no thread for a flow");
  }
}

void flow_begin(struct flow *flow) {
  flow->begun = 1;
  announce();
}

void flow_await_opened(struct flow *flow, int64_t until_ns) {
  while (now_ns() < until_ns && (flow->accepted < flow->connections || flow->opened < flow->connections)) {
    sleep_until(now_ns() + MS / 5);
  }
}

void flow_go(struct flow *flow) {
  flow->go = 1;
  announce();
}

static int is_behind(struct end *end, int generation, int wants_end) {
  return end->connection && !end->ended && (wants_end || end->seen != generation);
}

/* Interrupts every program of the flow until each has seen what is new, or has ended. */
static void tell(struct flow *flow, int wants_end) {
  int behind = 1;
  int64_t give_up = now_ns() + 5000 * MS;
  while (behind && now_ns() < give_up) {
    announce();
    behind = 0;
    for (int i = 0; i < flow->connections; i++) {
      struct connection *each = &flow->all[i];
      struct end *ends[] = {&each->writer, &each->reader, &each->writer_reads, &each->reader_writes};
      for (int j = 0; j < 4; j++) {
        if (is_behind(ends[j], flow->generation, wants_end)) {
          behind = 1;
          pthread_kill(ends[j]->thread, SIGUSR1);
        }
      }
    }
    sleep_until(now_ns() + MS / 10);
  }
}

void flow_changed(struct flow *flow) {
  flow->generation++;
  tell(flow, 0);
}

/* Both ends end at once, and throw away what they have. */
void flow_remove(struct flow *flow) {
  flow->removed = 1;
  flow->generation++;
  tell(flow, 1);
  for (int i = 0; i < flow->connections; i++) {
    struct end *ends[] = {&flow->all[i].writer, &flow->all[i].reader};
    for (int j = 0; j < 2; j++) {
      if (ends[j]->fd >= 0) {
        close_end(ends[j], 1);
      }
    }
  }
}

void traffic_stop(void) {
  stopping = 1;
  for (int i = 0; i < flow_count; i++) {
    flows[i]->generation++;
    if (flows[i]->begun) {
      tell(flows[i], 1);
    }
  }
}
