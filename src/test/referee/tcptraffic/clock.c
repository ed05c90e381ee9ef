/* Time, chance, and what to do when all is lost. */
#include "player.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* May come back early: a signal says that something has changed. */
void sleep_until(int64_t ns) {
  struct timespec t = {ns / 1000000000, ns % 1000000000};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

static uint64_t mix(uint64_t x) {
  x += UINT64_C(0x9e3779b97f4a7c15);
  x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
  return x ^ (x >> 31);
}

/* Above 0, below 1. */
static double unit(uint64_t seed, uint64_t number) {
  return ((mix(mix(seed) ^ number) >> 11) + 0.5) / 9007199254740992.0;
}

/* The same value for the same seed and number, so that both ends of a connection know it. */
double draw(const struct draw *what, uint64_t seed, uint64_t number) {
  double u = unit(seed, 2 * number);
  switch (what->kind) {
    case UNIFORM:
      return what->a + u * (what->b - what->a);
    case EXPONENTIAL:
      return -what->a * log(u);
    case LOGNORMAL:
      return what->a * exp(what->b * sqrt(-2 * log(u)) * cos(2 * M_PI * unit(seed, 2 * number + 1)));
    case PARETO:
      return what->a * pow(u, -1 / what->b);
    case FIXED:
      break;
  }
  return what->a;
}

void die(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fprintf(stderr, "player: ");
  vfprintf(stderr, format, arguments);
  fprintf(stderr, "\n");
  va_end(arguments);
  exit(1);
}
