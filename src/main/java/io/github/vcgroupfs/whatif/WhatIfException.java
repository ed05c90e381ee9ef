package io.github.vcgroupfs.whatif;

/** A question that has no answer. The message is for whoever asked: what would work instead. */
final class WhatIfException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reply.Kind kind;

  WhatIfException(Reply.Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  Reply.Kind kind() {
    return kind;
  }
}
