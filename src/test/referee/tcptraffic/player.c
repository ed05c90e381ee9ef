/*
 * player < PLAN > ANSWER: plays the plan that tcptraffic makes of a free scenario, in real time, and prints what the
 * kernel did as one JSON object. Lines of a plan:
 *
 *   seconds S
 *   net ID DELAY_NS JITTER_NS CONNECT_NS SETUP…        a network namespace, and the shell commands that set it up
 *   flow ID NET CONNECTIONS BOTH_WAYS SEED GROUP PEER  GROUP and PEER are files named "tasks", or - for none
 *   options FLOW RCVBUF SNDBUF NODELAY NOTSENT_LOWAT RESERVE
 *   behaviour FLOW SEND READ BACK BYTES REQUESTS THEN PAUSE_NS DRAW×6   chunk, back_chunk, request, response, think, serve
 *   watch NAME FILE                                    printed at the end
 *   sample MS FILE                                     printed all the time
 *   at MS write FILE TEXT | add FLOW | set FLOW (the fields of behaviour) MORE_BYTES | remove FLOW
 */
#define _GNU_SOURCE
#include "player.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define MAX_NETS 256
#define MAX_STEPS 4096

struct step {
  int64_t at_ns;
  enum { WRITE, ADD, SET, REMOVE } what;
  struct flow *flow;
  struct behaviour *behaviour;
  int64_t more;
  char file[NAME_LENGTH], text[64];
  int refused;
};

struct watched {
  char name[NAME_LENGTH], file[NAME_LENGTH], text[64];
};

struct flow **flows;
int flow_count;
static struct net *nets[MAX_NETS];
static int net_count;
static struct step steps[MAX_STEPS];
static int step_count;
static struct watched watched[MAX_STEPS];
static int watched_count;
static char sampled[NAME_LENGTH];
static int64_t sample_ns;
static double seconds;

static char *word(char **at) {
  char *found = strtok_r(NULL, " \n", at);
  if (!found) {
    die("a line of the plan is too short");
  }
  return found;
}

static int64_t number(char **at) {
  char *text = word(at);
  return strcmp(text, "max") ? strtoll(text, NULL, 10) : INT64_MAX;
}

static struct draw one_draw(char **at) {
  static const char *const kinds[] = {"fixed", "uniform", "exp", "lognormal", "pareto"};
  char *kind = word(at);
  struct draw made = {FIXED, 0, 0};
  for (int i = 0; i < 5; i++) {
    if (!strcmp(kind, kinds[i])) {
      made.kind = i;
    }
  }
  made.a = atof(word(at));
  made.b = atof(word(at));
  return made;
}

static struct behaviour *one_behaviour(char **at) {
  struct behaviour *made = calloc(1, sizeof *made);
  made->send = number(at);
  made->read = number(at);
  made->back = number(at);
  made->bytes = number(at);
  made->requests = number(at);
  made->then = number(at);
  made->pause_ns = number(at);
  made->chunk = one_draw(at);
  made->back_chunk = one_draw(at);
  made->request = one_draw(at);
  made->response = one_draw(at);
  made->think = one_draw(at);
  made->serve = one_draw(at);
  return made;
}

static struct flow *one_flow(char **at) {
  int64_t id = number(at);
  if (id < 0 || id >= flow_count) {
    die("no flow %ld", (long)id);
  }
  return flows[id];
}

static void read_net(char **at) {
  struct net *net = calloc(1, sizeof *net);
  nets[net_count++] = net;
  net->id = number(at);
  net->delay_ns = number(at);
  net->jitter_ns = number(at);
  net->connect_ns = number(at);
  char *rest = strtok_r(NULL, "\n", at);
  snprintf(net->setup, sizeof net->setup, "%s", rest ? rest : "");
}

static void read_flow(char **at) {
  struct flow *flow = calloc(1, sizeof *flow);
  flows = realloc(flows, (flow_count + 1) * sizeof *flows);
  flows[flow_count++] = flow;
  flow->id = number(at);
  flow->net = nets[number(at)];
  flow->connections = number(at);
  flow->both_ways = number(at);
  flow->seed = number(at);
  snprintf(flow->group, NAME_LENGTH, "%s", word(at));
  snprintf(flow->peer, NAME_LENGTH, "%s", word(at));
  flow->options = (struct options){-1, -1, -1, -1, 0};
}

static void read_step(char **at) {
  struct step *step = &steps[step_count++];
  step->at_ns = (int64_t)(atof(word(at)) * 1e6);
  char *what = word(at);
  if (!strcmp(what, "write")) {
    step->what = WRITE;
    snprintf(step->file, NAME_LENGTH, "%s", word(at));
    char *rest = strtok_r(NULL, "\n", at);
    snprintf(step->text, sizeof step->text, "%s", rest ? rest : "");
  } else {
    step->what = !strcmp(what, "add") ? ADD : !strcmp(what, "set") ? SET : REMOVE;
    step->flow = one_flow(at);
    if (step->what == SET) {
      step->behaviour = one_behaviour(at);
      step->more = number(at);
    }
  }
}

static void read_plan(void) {
  static char line[16384];
  while (fgets(line, sizeof line, stdin)) {
    char *at;
    char *what = strtok_r(line, " \n", &at);
    if (!what) {
      continue;
    }
    if (!strcmp(what, "seconds")) {
      seconds = atof(word(&at));
    } else if (!strcmp(what, "net") && net_count < MAX_NETS) {
      read_net(&at);
    } else if (!strcmp(what, "flow")) {
      read_flow(&at);
    } else if (!strcmp(what, "options")) {
      struct options *options = &one_flow(&at)->options;
      options->rcvbuf = number(&at);
      options->sndbuf = number(&at);
      options->nodelay = number(&at);
      options->notsent_lowat = number(&at);
      options->reserve = number(&at);
    } else if (!strcmp(what, "behaviour")) {
      struct flow *flow = one_flow(&at);
      flow->now = one_behaviour(&at);
    } else if (!strcmp(what, "watch") && watched_count < MAX_STEPS) {
      struct watched *one = &watched[watched_count++];
      snprintf(one->name, NAME_LENGTH, "%s", word(&at));
      snprintf(one->file, NAME_LENGTH, "%s", word(&at));
    } else if (!strcmp(what, "sample")) {
      sample_ns = (int64_t)(atof(word(&at)) * 1e6);
      snprintf(sampled, NAME_LENGTH, "%s", word(&at));
    } else if (!strcmp(what, "at") && step_count < MAX_STEPS) {
      read_step(&at);
    } else {
      die("the plan has a line %s", what);
    }
  }
}

static void read_text(const char *file, char *text, int room) {
  int fd = open(file, O_RDONLY);
  ssize_t got = fd < 0 ? -1 : read(fd, text, room - 1);
  if (got < 0) {
    die("%s: %s", file, strerror(errno));
  }
  text[got] = 0;
  text[strcspn(text, "\n")] = 0;
  close(fd);
}

static void carry_out(struct step *step) {
  switch (step->what) {
    case WRITE: {
      int fd = open(step->file, O_WRONLY);
      step->refused = fd < 0 || write(fd, step->text, strlen(step->text)) < 0 ? errno : 0;
      if (fd >= 0) {
        close(fd);
      }
      break;
    }
    case ADD:
      flow_begin(step->flow);
      break;
    case SET:
      step->flow->more += step->more;
      step->flow->now = step->behaviour;
      flow_changed(step->flow);
      break;
    case REMOVE:
      flow_remove(step->flow);
      break;
  }
}

static void wait_and_sample(int64_t until_ns, int64_t began_ns) {
  static int64_t next;
  static int some;
  while (sample_ns && next <= until_ns - began_ns) {
    sleep_until(began_ns + next);
    char text[64];
    read_text(sampled, text, sizeof text);
    fprintf(stderr, "%s[%.1f,%s]", some++ ? "," : "", next / 1e6, text);
    next += sample_ns;
  }
  while (now_ns() < until_ns) {
    sleep_until(until_ns);
  }
}

/* What happens at 0 ms is done before the clock starts, so that all connections are there when it does. */
static int64_t begin(int *done) {
  int64_t round_trip = 0;
  for (; *done < step_count && steps[*done].at_ns == 0; ++*done) {
    carry_out(&steps[*done]);
  }
  for (int i = 0; i < flow_count; i++) {
    if (flows[i]->begun) {
      int64_t its = flows[i]->net->connect_ns;
      round_trip = its > round_trip ? its : round_trip;
      flow_await_opened(flows[i], now_ns() + INT64_C(3000000000));
    }
  }
  int64_t began_ns = now_ns() - round_trip;
  for (int i = 0; i < flow_count; i++) {
    if (flows[i]->begun) {
      flow_go(flows[i]);
    }
  }
  return began_ns;
}

static void play(void) {
  int done = 0;
  int64_t began_ns = begin(&done);
  for (; done < step_count; done++) {
    wait_and_sample(began_ns + steps[done].at_ns, began_ns);
    if (steps[done].what == ADD) {
      steps[done].flow->go = 1;
    }
    carry_out(&steps[done]);
  }
  wait_and_sample(began_ns + (int64_t)(seconds * 1e9), began_ns);
  for (int i = 0; i < watched_count; i++) {
    read_text(watched[i].file, watched[i].text, sizeof watched[i].text);
  }
  traffic_stop();
}

static void print(void) {
  printf("{\"flows\":[");
  for (int i = 0; i < flow_count; i++) {
    int64_t sent = 0, received = 0;
    for (int j = 0; j < flows[i]->connections; j++) {
      struct connection *each = &flows[i]->all[j];
      sent += each->writer.sent + each->reader.sent + each->reader_writes.sent;
      received += each->reader.received + each->writer.received + each->writer_reads.received;
    }
    printf("%s{\"sent\":%lld,\"received\":%lld,\"opened\":%d,\"accepted\":%d,\"failed\":%d,\"closed\":%d}", i ? "," : "",
           (long long)sent, (long long)received, flows[i]->opened, flows[i]->accepted, flows[i]->failed, flows[i]->closed);
  }
  printf("],\"watched\":{");
  for (int i = 0; i < watched_count; i++) {
    printf("%s\"%s\":\"%s\"", i ? "," : "", watched[i].name, watched[i].text);
  }
  printf("},\"refused\":[");
  int some = 0;
  for (int i = 0; i < step_count; i++) {
    if (steps[i].refused) {
      printf("%s{\"at_ms\":%.1f,\"file\":\"%s\",\"errno\":\"%s\"}", some++ ? "," : "", steps[i].at_ns / 1e6, steps[i].file,
             strerrorname_np(steps[i].refused));
    }
  }
  printf("],\"nets\":[");
  for (int i = 0; i < net_count; i++) {
    printf(i ? "," : "");
    net_print(nets[i]);
  }
  printf("]}\n");
  fflush(stdout);
}

int main(void) {
  struct rlimit files = {200000, 200000};
  setrlimit(RLIMIT_NOFILE, &files);
  prctl(PR_SET_TIMERSLACK, 1); /* a sleep ends when it should */
  read_plan();
  traffic_begin();
  for (int i = 0; i < net_count; i++) {
    net_begin(nets[i]);
  }
  for (int i = 0; i < flow_count; i++) {
    flow_prepare(flows[i]);
  }
  play();
  print();
  _exit(0); /* the threads need not end in order */
}
