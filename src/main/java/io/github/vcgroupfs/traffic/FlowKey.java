package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.traffic.tcp.PathSpec;
import io.github.vcgroupfs.traffic.tcp.SocketOptions;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The keys of a flow, a row each: what it takes, what it changes, and how it is shown. */
enum FlowKey {
  CONNECTIONS(
      Shown.COLUMN,
      FlowValue.number(1, FlowCommand.MAX_CONNECTIONS),
      FlowSpec::withConnections,
      FlowSpec::connections),
  CHUNK(
      Shown.COLUMN,
      FlowValue.sizes(1, 16 << 20),
      (spec, size) -> spec.with(spec.transfer().withChunk(size)),
      spec -> spec.transfer().chunk()),
  SEND(
      Shown.COLUMN,
      FlowValue.rate(),
      (spec, rate) -> spec.with(spec.transfer().withSend(rate)),
      FlowSpec::send),
  READ(
      Shown.COLUMN,
      FlowValue.rate(),
      (spec, rate) -> spec.with(spec.transfer().withRead(rate)),
      FlowSpec::read),
  RTT(
      Shown.COLUMN,
      FlowValue.time(),
      (spec, ns) -> spec.with(spec.path().withRttNs(ns)),
      spec -> spec.path().rttNs()),
  PEER(Shown.COLUMN, FlowValue.peer(), FlowSpec::withPeer, FlowSpec::peer),
  BYTES(
      Shown.COLUMN,
      FlowValue.sizesOrMax(0, 1L << 50),
      (spec, size) -> spec.with(spec.transfer().withBytes(size)),
      spec -> spec.transfer().bytes()),
  BACK(
      Shown.OPTION,
      FlowValue.rate(),
      (spec, rate) -> spec.with(spec.exchange().withBack(rate)),
      spec -> spec.exchange().back()),
  BACK_CHUNK(
      Shown.OPTION,
      FlowValue.sizesOr(1, 16 << 20, "chunk"),
      (spec, size) -> spec.with(spec.exchange().withBackChunk(size)),
      spec -> spec.exchange().backChunk()),
  REQUEST(
      Shown.OPTION,
      FlowValue.sizesOr(1, 1 << 30, "none"),
      (spec, size) -> spec.with(spec.exchange().withRequest(size)),
      spec -> spec.exchange().request()),
  RESPONSE(
      Shown.OPTION,
      FlowValue.sizesOr(1, 1 << 30, "none"),
      (spec, size) -> spec.with(spec.exchange().withResponse(size)),
      spec -> spec.exchange().response()),
  THINK(
      Shown.OPTION,
      FlowValue.longTimes(),
      (spec, ns) -> spec.with(spec.exchange().withThink(ns)),
      spec -> spec.exchange().think()),
  SERVE(
      Shown.OPTION,
      FlowValue.longTimes(),
      (spec, ns) -> spec.with(spec.exchange().withServe(ns)),
      spec -> spec.exchange().serve()),
  REQUESTS(
      Shown.OPTION,
      FlowValue.number(1, Integer.MAX_VALUE, "max", Exchange.ENDLESS),
      (spec, count) -> spec.with(spec.exchange().withRequests(count)),
      spec -> spec.exchange().requests()),
  THEN(
      Shown.OPTION,
      FlowValue.word(Then.class),
      (spec, what) -> spec.with(spec.lifetime().withThen(what)),
      spec -> spec.lifetime().then()),
  PAUSE(
      Shown.OPTION,
      FlowValue.longTimes(),
      (spec, ns) -> spec.with(spec.lifetime().withPause(ns)),
      spec -> spec.lifetime().pause()),
  JITTER(
      Shown.OPTION,
      FlowValue.time(),
      (spec, ns) -> spec.with(spec.path().withJitterNs(ns)),
      spec -> spec.path().jitterNs()),
  LOSS(
      Shown.OPTION,
      FlowValue.percent(),
      (spec, loss) -> spec.with(spec.path().withLoss(loss)),
      spec -> spec.path().loss()),
  MTU(
      Shown.OPTION,
      FlowValue.number(576, PathSpec.LOOPBACK_MTU),
      (spec, bytes) -> spec.with(spec.path().withMtuBytes(bytes)),
      spec -> spec.path().mtuBytes()),
  RCVBUF(
      Shown.OPTION,
      FlowValue.number(0, 1 << 30, "auto", SocketOptions.UNSET),
      (spec, size) -> spec.with(spec.options().withRcvbuf(size)),
      spec -> spec.options().rcvbuf()),
  SNDBUF(
      Shown.OPTION,
      FlowValue.number(0, 1 << 30, "auto", SocketOptions.UNSET),
      (spec, size) -> spec.with(spec.options().withSndbuf(size)),
      spec -> spec.options().sndbuf()),
  NODELAY(
      Shown.OPTION,
      FlowValue.flag(),
      (spec, on) -> spec.with(spec.options().withNodelay(on)),
      spec -> spec.options().nodelay()),
  NOTSENT_LOWAT(
      Shown.OPTION,
      FlowValue.number(1, 1 << 30, "none", SocketOptions.UNSET),
      (spec, size) -> spec.with(spec.options().withNotsentLowat(size)),
      spec -> spec.options().notsentLowat()),
  RESERVE(
      Shown.OPTION,
      FlowValue.number(0, 1 << 30),
      (spec, size) -> spec.with(spec.options().withReserve(size)),
      spec -> spec.options().reserve());

  /** How the file shows a key. */
  enum Shown {
    /** In a column of its own. */
    COLUMN,
    /** Among the options, unless it was left out. */
    OPTION
  }

  private final Shown shown;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Row<?> row;

  <T> FlowKey(
      Shown shown,
      FlowValue<T> takes,
      BiFunction<FlowSpec, T, FlowSpec> with,
      Function<FlowSpec, T> of) {
    this.shown = shown;
    this.row = new Row<>(takes, with, of);
  }

  /** What a key takes, and where it is in a spec. */
  private record Row<T>(
      FlowValue<T> takes, BiFunction<FlowSpec, T, FlowSpec> with, Function<FlowSpec, T> of) {

    FlowSpec set(FlowSpec spec, String key, String text) throws ErrnoException {
      return with.apply(spec, takes.parse(key, text));
    }

    String text(FlowSpec spec) {
      return takes.text(of.apply(spec));
    }
  }

  /** As it is written in a command. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A spec with another value.
   *
   * @throws ErrnoException EINVAL, with what would be right
   */
  FlowSpec set(FlowSpec spec, String text) throws ErrnoException {
    return row.set(spec, key(), text);
  }

  /** The value that a spec has, as it can be written. */
  String text(FlowSpec spec) {
    return row.text(spec);
  }

  /** What a spec has beside the columns, as it can be written, with semicolons; or a dash. */
  static String options(FlowSpec spec) {
    StringBuilder text = new StringBuilder();
    for (FlowKey key : values()) {
      String value = key.text(spec);
      if (key.shown == Shown.OPTION && !value.equals(key.text(FlowSpec.DEFAULT))) {
        text.append(text.length() == 0 ? "" : ";").append(key.key()).append('=').append(value);
      }
    }
    return text.length() == 0 ? "-" : text.toString();
  }
}
