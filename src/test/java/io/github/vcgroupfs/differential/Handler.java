package io.github.vcgroupfs.differential;

import java.nio.channels.CompletionHandler;
import java.util.concurrent.CompletableFuture;

/** Waits for what an asynchronous call says. */
final class Handler implements CompletionHandler<Object, Object> {
  private final CompletableFuture<Object> said = new CompletableFuture<>();

  @Override
  public void completed(Object result, Object attachment) {
    said.complete(result);
  }

  @Override
  public void failed(Throwable failure, Object attachment) {
    said.completeExceptionally(failure);
  }

  /** What will be said. */
  CompletableFuture<Object> said() {
    return said;
  }
}
