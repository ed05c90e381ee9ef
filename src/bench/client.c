/* client read|write FILE CLIENTS MILLISECONDS: so many processes open FILE, read or write it, and close it, again and
 * again, for so long. Prints how often they did that in a second, together. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { APART = 16 }; /* counters of two processes are not in one cache line */

static long now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

static void die(const char *what) {
  perror(what);
  _exit(1);
}

static long work(const char *path, int writes, long until) {
  char text[4096];
  long times = 0;
  while (now_ms() < until) {
    int fd = open(path, writes ? O_WRONLY | O_TRUNC : O_RDONLY);
    if (fd < 0) die(path);
    if (writes ? write(fd, "-1\n", 3) != 3 : read(fd, text, sizeof text) < 0) die(path);
    close(fd);
    times++;
  }
  return times;
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  int clients = atoi(argv[3]);
  int writes = strcmp(argv[1], "write") == 0;
  int status, failed = 0;
  long *times = mmap(NULL, sizeof(long) * APART * clients, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (times == MAP_FAILED) die("mmap");
  long until = now_ms() + atol(argv[4]);
  for (int i = 0; i < clients; i++) {
    pid_t child = fork();
    if (child < 0) die("fork");
    if (child == 0) {
      times[i * APART] = work(argv[2], writes, until);
      _exit(0);
    }
  }
  while (wait(&status) > 0) failed |= status;
  long all = 0;
  for (int i = 0; i < clients; i++) all += times[i * APART];
  printf("%.0f\n", all * 1000.0 / atol(argv[4]));
  return failed ? 1 : 0;
}
