package io.github.vcgroupfs.serve;

/** What a request must have to be answered. */
public enum Need {
  /** It looks: {@code GET}. */
  LOOK("GET"),
  /** It has something computed, which changes nothing: {@code POST}. */
  COMPUTE("POST"),
  /** It changes groups: {@code POST}, with the token, where writing was asked for. */
  CHANGE("POST");

  private final String method;

  Need(String method) {
    this.method = method;
  }

  String method() {
    return method;
  }

  boolean allows(String other) {
    return method.equals(other) || (this == LOOK && other.equals("HEAD"));
  }
}
