/* Network namespaces and the paths in them: loopback with netem, or with a queue of packets that this program delays. */
#define _GNU_SOURCE
#include "player.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_queue.h>
#include <linux/netlink.h>
#include <poll.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char *const COUNTED[] = {"PruneCalled",     "TCPRcvQDrop",       "TCPToZeroWindowAdv", "TCPTimeouts",
                                      "TCPAbortOnMemory", "TCPMemoryPressures", "OfoPruned",          "TCPBacklogDrop",
                                      "TCPLostRetransmit", "TCPFastRetrans",    "TCPRcvCollapsed",    "TCPTSReorder"};
#define COUNTS 12

static void read_counts(int64_t *counts) {
  static const char path[] = "/proc/thread-self/net/netstat";
  FILE *file = fopen(path, "r");
  if (!file) {
    die("cannot open %s", path);
  }
  static _Thread_local char names[16384], values[16384];
  memset(counts, 0, COUNTS * sizeof *counts);
  while (fgets(names, sizeof names, file) && fgets(values, sizeof values, file)) {
    char *in_names, *in_values;
    char *name = strtok_r(names, " \n", &in_names), *value = strtok_r(values, " \n", &in_values);
    while (name && value) {
      for (int i = 0; i < COUNTS; i++) {
        if (!strcmp(name, COUNTED[i])) {
          counts[i] = strtoll(value, NULL, 10);
        }
      }
      name = strtok_r(NULL, " \n", &in_names);
      value = strtok_r(NULL, " \n", &in_values);
    }
  }
  fclose(file);
}

/* A packet that waits. */
struct packet {
  int64_t due;
  uint64_t order;
  uint32_t id;
};

static struct packet *heap;
static int heap_size, heap_room;

static int before(const struct packet *a, const struct packet *b) {
  return a->due != b->due ? a->due < b->due : a->order < b->order;
}

/* The heap is one namespace's: each has a process of its own for it. */
static void heap_add(struct packet packet) {
  if (heap_size == heap_room) {
    heap_room = heap_room ? 2 * heap_room : 4096;
    heap = realloc(heap, heap_room * sizeof *heap);
  }
  int at = heap_size++;
  while (at > 0 && before(&packet, &heap[(at - 1) / 2])) {
    heap[at] = heap[(at - 1) / 2];
    at = (at - 1) / 2;
  }
  heap[at] = packet;
}

static struct packet heap_take(void) {
  struct packet first = heap[0], last = heap[--heap_size];
  int at = 0;
  for (;;) {
    int child = 2 * at + 1;
    if (child >= heap_size) {
      break;
    }
    if (child + 1 < heap_size && before(&heap[child + 1], &heap[child])) {
      child++;
    }
    if (!before(&heap[child], &last)) {
      break;
    }
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = last;
  return first;
}

static char *attribute(char *at, int type, const void *value, int length) {
  struct nlattr *header = (struct nlattr *)at;
  header->nla_type = type;
  header->nla_len = NLA_HDRLEN + length;
  memcpy(at + NLA_HDRLEN, value, length);
  return at + NLA_ALIGN(header->nla_len);
}

static char *message(char *at, int type, int flags) {
  struct nlmsghdr *header = (struct nlmsghdr *)at;
  memset(at, 0, NLMSG_HDRLEN + sizeof(struct nfgenmsg));
  header->nlmsg_type = (NFNL_SUBSYS_QUEUE << 8) | type;
  header->nlmsg_flags = NLM_F_REQUEST | flags;
  return at + NLMSG_HDRLEN + NLMSG_ALIGN(sizeof(struct nfgenmsg));
}

static void end_message(char *start, char *end) { ((struct nlmsghdr *)start)->nlmsg_len = end - start; }

static void configure(int fd, int type, const void *value, int length) {
  char buffer[256], reply[4096];
  char *end = attribute(message(buffer, NFQNL_MSG_CONFIG, NLM_F_ACK), type, value, length);
  end_message(buffer, end);
  if (send(fd, buffer, end - buffer, 0) < 0) {
    die("nfqueue: %s", strerror(errno));
  }
  ssize_t got = recv(fd, reply, sizeof reply, 0);
  struct nlmsghdr *header = (struct nlmsghdr *)reply;
  if (got < 0 || (header->nlmsg_type == NLMSG_ERROR && *(int *)NLMSG_DATA(header) != 0)) {
    die("nfqueue: setting %d was refused: %s", type, got < 0 ? strerror(errno) : strerror(-*(int *)NLMSG_DATA(header)));
  }
}

static char *verdict(char *at, uint32_t id) {
  struct nfqnl_msg_verdict_hdr what = {htonl(NF_ACCEPT), htonl(id)};
  char *end = attribute(message(at, NFQNL_MSG_VERDICT, 0), NFQA_VERDICT_HDR, &what, sizeof what);
  end_message(at, end);
  return end;
}

static uint64_t random_state;

static double chance(void) {
  random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (random_state >> 11) / 9007199254740992.0;
}

/* As netem: each packet waits the delay, more or less by up to the jitter, and may overtake another. */
static void delay_packets(const struct net *net, int ready) {
  random_state = now_ns();
  int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);
  struct sockaddr_nl me = {.nl_family = AF_NETLINK};
  if (fd < 0 || bind(fd, (struct sockaddr *)&me, sizeof me)) {
    die("nfqueue: %s", strerror(errno));
  }
  int room = 16 << 20, yes = 1;
  setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
  setsockopt(fd, SOL_NETLINK, NETLINK_NO_ENOBUFS, &yes, sizeof yes);
  struct nfqnl_msg_config_cmd command = {NFQNL_CFG_CMD_BIND, 0, htons(AF_INET)};
  configure(fd, NFQA_CFG_CMD, &command, sizeof command);
  struct nfqnl_msg_config_params mode = {htonl(0), NFQNL_COPY_META};
  configure(fd, NFQA_CFG_PARAMS, &mode, sizeof mode);
  uint32_t most = htonl(200000), gso = htonl(NFQA_CFG_F_GSO);
  configure(fd, NFQA_CFG_QUEUE_MAXLEN, &most, sizeof most);
  char both[256];
  char *end = message(both, NFQNL_MSG_CONFIG, 0);
  end = attribute(end, NFQA_CFG_FLAGS, &gso, sizeof gso);
  end = attribute(end, NFQA_CFG_MASK, &gso, sizeof gso);
  end_message(both, end);
  if (send(fd, both, end - both, 0) < 0) {
    die("nfqueue: %s", strerror(errno));
  }
  if (write(ready, "r", 1) != 1) {
    die("nfqueue: nobody waits");
  }
  static char in[1 << 18], out[1 << 16];
  uint64_t order = 0;
  for (;;) {
    struct timespec wait = {1, 0};
    if (heap_size) {
      int64_t left = heap[0].due - now_ns();
      left = left < 0 ? 0 : left;
      wait = (struct timespec){left / 1000000000, left % 1000000000};
    }
    struct pollfd one = {fd, POLLIN, 0};
    ppoll(&one, 1, &wait, NULL);
    ssize_t got;
    while ((got = recv(fd, in, sizeof in, MSG_DONTWAIT)) > 0) {
      int64_t arrived = now_ns();
      int left = (int)got;
      for (struct nlmsghdr *each = (struct nlmsghdr *)in; NLMSG_OK(each, left); each = NLMSG_NEXT(each, left)) {
        if (each->nlmsg_type != ((NFNL_SUBSYS_QUEUE << 8) | NFQNL_MSG_PACKET)) {
          continue;
        }
        char *at = (char *)each + NLMSG_HDRLEN + NLMSG_ALIGN(sizeof(struct nfgenmsg));
        char *stop = (char *)each + each->nlmsg_len;
        while (at < stop) {
          struct nlattr *header = (struct nlattr *)at;
          if ((header->nla_type & NLA_TYPE_MASK) == NFQA_PACKET_HDR) {
            struct nfqnl_msg_packet_hdr *packet = (struct nfqnl_msg_packet_hdr *)(at + NLA_HDRLEN);
            int64_t more = (int64_t)(net->jitter_ns * (2 * chance() - 1));
            heap_add((struct packet){arrived + net->delay_ns + more, order++, ntohl(packet->packet_id)});
          }
          at += NLA_ALIGN(header->nla_len);
        }
      }
    }
    char *to = out;
    while (heap_size && heap[0].due <= now_ns() && to - out < (int)sizeof out - 256) {
      to = verdict(to, heap_take().id);
    }
    if (to != out && send(fd, out, to - out, 0) < 0) {
      die("nfqueue: verdict: %s", strerror(errno));
    }
  }
}

static sem_t made;

static void *namespace_thread(void *argument) {
  struct net *net = argument;
  if (unshare(CLONE_NEWNET | CLONE_FS)) {
    die("unshare: %s", strerror(errno));
  }
  char self[64];
  snprintf(self, sizeof self, "/proc/self/task/%d/ns/net", gettid());
  int fd = open(self, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    die("%s: %s", self, strerror(errno));
  }
  if (net->setup[0] && system(net->setup)) {
    die("this failed: %s", net->setup);
  }
  if (net->delay_ns > 0) {
    int pipes[2];
    if (pipe(pipes)) {
      die("pipe: %s", strerror(errno));
    }
    if (fork() == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      delay_packets(net, pipes[1]);
    }
    close(pipes[1]);
    char one;
    if (read(pipes[0], &one, 1) != 1) {
      die("the delay of a path does not work");
    }
  }
  read_counts(net->before);
  net->fd = fd;
  sem_post(&made);
  for (;;) {
    pause(); /* the process that delays packets ends with this thread */
  }
}

void net_begin(struct net *net) {
  pthread_t thread;
  if (sem_init(&made, 0, 0) || pthread_create(&thread, NULL, namespace_thread, net) || sem_wait(&made)) {
    die("no thread for a network");
  }
}

void net_enter(const struct net *net) {
  if (setns(net->fd, CLONE_NEWNET)) {
    die("setns: %s", strerror(errno));
  }
}

static void *print_thread(void *argument) {
  struct net *net = argument;
  int64_t counts[COUNTS];
  net_enter(net);
  read_counts(counts);
  printf("{\"id\":%d", net->id);
  for (int i = 0; i < COUNTS; i++) {
    printf(",\"%s\":%lld", COUNTED[i], (long long)(counts[i] - net->before[i]));
  }
  FILE *file = fopen("/proc/thread-self/net/sockstat", "r");
  char line[256];
  int inuse = 0, orphan = 0, waiting = 0;
  while (file && fgets(line, sizeof line, file)) {
    sscanf(line, "TCP: inuse %d orphan %d tw %d", &inuse, &orphan, &waiting);
  }
  if (file) {
    fclose(file);
  }
  printf(",\"inuse\":%d,\"orphan\":%d,\"tw\":%d}", inuse, orphan, waiting);
  return NULL;
}

void net_print(struct net *net) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, print_thread, net) || pthread_join(thread, NULL)) {
    die("no thread for a network");
  }
}
