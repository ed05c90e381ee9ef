package io.github.vcgroupfs.seccomp;

import java.util.List;

/** Starts a program that is to end with this one, prints its process id, and waits. */
final class BoundProgram {
  private BoundProgram() {}

  public static void main(String[] args) throws Exception {
    Program program = Program.of(List.of(args), Program.ownEnvironment());
    Program bound = program.endingWithStarter().orElseThrow();
    try (Supervision run = new Supervision(SeccompIT.OPENS, Notification::proceed, 1, bound)) {
      System.out.println(run.launch().pid());
      run.await();
    }
  }
}
