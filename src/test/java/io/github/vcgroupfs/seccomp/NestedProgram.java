package io.github.vcgroupfs.seccomp;

import java.util.List;

/** Tries to be a supervisor, and prints why it cannot be one. */
final class NestedProgram {
  private NestedProgram() {}

  public static void main(String[] args) {
    try (Listener listener = Listener.install(Filter.of(List.of(Rule.ask(Call.FSOPEN))))) {
      System.out.println("installed " + (listener != null));
    } catch (SeccompException e) {
      System.out.println(e.reason());
    }
  }
}
