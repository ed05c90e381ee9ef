package io.github.vcgroupfs.notify;

/** What is to be delivered to a client. A {@link Signaller} delivers it. Thread-safe. */
interface Delivery {
  /** Delivers what is pending now. A client can make it wait. Called by one thread at a time. */
  void serve();

  /** Whether the event with this number, and so all before it, was delivered or is lost. */
  boolean isDone(long number);
}
