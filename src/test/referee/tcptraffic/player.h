/* player: plays the flows of a free scenario on the kernel below it. What its parts share. */
#ifndef PLAYER_H
#define PLAYER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#define NAME_LENGTH 256
#define RATE_MAX INT64_MAX
#define ENDLESS INT64_MAX

/* A size or a time that may be drawn anew each time. */
struct draw {
  enum { FIXED, UNIFORM, EXPONENTIAL, LOGNORMAL, PARETO } kind;
  double a, b;
};

enum then { STAY, CLOSE, RESET, REOPEN };

/* What a flow does. A step that changes it puts another one in its place; none is ever freed. */
struct behaviour {
  int64_t send, read, back; /* bytes a second; 0: not at all */
  struct draw chunk, back_chunk;
  struct draw request, response; /* request.a is 0: there are none */
  struct draw think, serve;      /* nanoseconds */
  int64_t bytes, requests;
  enum then then;
  int64_t pause_ns;
};

struct options {
  int64_t rcvbuf, sndbuf, notsent_lowat, reserve; /* -1: not set */
  int nodelay;
};

struct connection;

/* A network namespace: the traffic of one flow, on its path. */
struct net {
  int id, fd;
  int64_t delay_ns, jitter_ns; /* one way; 0: the setup does it, or nobody */
  int64_t connect_ns;          /* a round trip */
  char setup[4096];            /* shell commands */
  struct connection *_Atomic owner[65536]; /* by the port of the end that connects */
  int64_t before[16];
};

/* What one program does at one end; its socket may have another program that goes the other way. */
struct end {
  pthread_t thread;
  struct connection *connection;
  struct end *companion, *owner; /* who reads beside a writer, and the other way round */
  _Atomic int64_t sent, received;
  _Atomic int seen, ended, busy;
  _Atomic int fd, closing; /* of the one that opens and closes; -1: closed */
};

struct connection {
  struct flow *flow;
  int index;
  _Atomic int64_t first_request;
  struct end writer, reader, writer_reads, reader_writes;
};

struct flow {
  int id, connections;
  uint64_t seed;
  char group[NAME_LENGTH], peer[NAME_LENGTH]; /* files named "tasks", or "-" */
  struct net *net;
  int both_ways;
  struct options options;
  struct behaviour *_Atomic now;
  struct connection *all;
  _Atomic int begun, go, removed, generation, listener, port;
  _Atomic int opened, accepted, failed, closed;
  _Atomic int64_t more; /* bytes that steps added */
};

extern struct flow **flows;
extern int flow_count;
extern _Atomic int stopping;

/* clock.c */
int64_t now_ns(void);
void sleep_until(int64_t ns);
double draw(const struct draw *what, uint64_t seed, uint64_t number);
void die(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* network.c */
void net_begin(struct net *net);
void net_enter(const struct net *net);
void net_print(struct net *net);

/* traffic.c */
void traffic_begin(void);
void flow_prepare(struct flow *flow);
void flow_begin(struct flow *flow);
void flow_await_opened(struct flow *flow, int64_t until_ns);
void flow_go(struct flow *flow);
void flow_changed(struct flow *flow);
void flow_remove(struct flow *flow);
void traffic_stop(void);

#endif
