package io.github.vcgroupfs.traffic;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server for tests: knows what it is told, and does not answer for some names. */
final class Hosts {
  private final Map<String, InetAddress> known = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> silent = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();

  void put(String host, InetAddress address) {
    known.put(host, address);
  }

  /** Does not answer for this name from now on. */
  void silence(String host) {
    silent.put(host, new CountDownLatch(1));
  }

  /** Answers whoever waits for that name. */
  void speak(String host) {
    CountDownLatch latch = silent.remove(host);
    if (latch != null) {
      latch.countDown();
    }
  }

  /** How often it was asked. */
  int asked() {
    return asked.get();
  }

  InetAddress of(String host) throws UnknownHostException {
    asked.incrementAndGet();
    CountDownLatch latch = silent.get(host);
    try {
      if (latch != null) {
        latch.await();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
    InetAddress address = known.get(host);
    if (address == null) {
      throw new UnknownHostException(host);
    }
    return address;
  }
}
