package io.github.vcgroupfs.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeskTest {
  private final ExecutorService viewers = Executors.newCachedThreadPool();
  private final Desk desk = new Desk(1);

  @AfterEach
  void end() {
    desk.close();
    viewers.shutdownNow();
  }

  /** Work that begins, and goes on until nobody wants it. */
  private static Function<BooleanSupplier, Callable<String>> endless(CountDownLatch begun) {
    return outdated ->
        () -> {
          begun.countDown();
          while (!outdated.getAsBoolean()) {
            Thread.onSpinWait();
          }
          throw new CancellationException("nobody wants it");
        };
  }

  private static List<Function<BooleanSupplier, Callable<String>>> saying(String... words) {
    List<Function<BooleanSupplier, Callable<String>>> works = new ArrayList<>();
    for (String word : words) {
      works.add(outdated -> () -> word);
    }
    return works;
  }

  private Future<List<String>> ask(
      String viewer, Function<BooleanSupplier, Callable<String>> work) {
    return viewers.submit(() -> desk.done(viewer, List.of(work)));
  }

  private static void assertEndsWith(Future<?> asked, Reply.Kind kind) {
    assertThatThrownBy(() -> asked.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WhatIfException.class, why -> assertThat(why.kind()).isEqualTo(kind));
  }

  @Test
  void resultsAreInTheOrderOfTheWorks() throws Exception {
    assertThat(desk.done("a", saying("one", "two"))).containsExactly("one", "two");
  }

  @Test
  void theLatestRequestOfAViewerWins() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Future<List<String>> first = ask("a", endless(begun));
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(desk.done("a", saying("new"))).containsExactly("new");
    assertEndsWith(first, Reply.Kind.OUTDATED);
  }

  @Test
  void anotherViewerOutdatesNobody() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch allowed = new CountDownLatch(1);
    CompletableFuture<Boolean> outdatedAtTheEnd = new CompletableFuture<>();
    Future<List<String>> first =
        ask(
            "a",
            outdated ->
                () -> {
                  begun.countDown();
                  allowed.await();
                  outdatedAtTheEnd.complete(outdated.getAsBoolean());
                  return "a's";
                });
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    Future<List<String>> second = viewers.submit(() -> desk.done("b", saying("b's")));
    allowed.countDown();
    assertThat(first.get(30, TimeUnit.SECONDS)).containsExactly("a's");
    assertThat(second.get(30, TimeUnit.SECONDS)).containsExactly("b's");
    assertThat(outdatedAtTheEnd.get()).isFalse();
  }

  @Test
  void whatIsWrongWithOneWorkIsTheAnswer() {
    assertThatThrownBy(
            () ->
                desk.done(
                    "a",
                    List.<Function<BooleanSupplier, Callable<String>>>of(
                        outdated ->
                            () -> {
                              throw new WhatIfException(Reply.Kind.WRONG, "too large");
                            })))
        .isInstanceOf(WhatIfException.class)
        .hasMessage("too large");
  }

  @Test
  void whoComesWhenTooManyWaitIsToldSo() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Future<List<String>> first = ask("a", endless(begun));
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    String[] many = new String[1000];
    java.util.Arrays.fill(many, "x");
    assertThatThrownBy(() -> desk.done("b", saying(many)))
        .isInstanceOfSatisfying(
            WhatIfException.class, why -> assertThat(why.kind()).isEqualTo(Reply.Kind.BUSY))
        .hasMessageContaining("ask again");
    desk.close();
    assertEndsWith(first, Reply.Kind.OUTDATED);
  }
}
