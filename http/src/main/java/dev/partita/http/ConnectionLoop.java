package dev.partita.http;

import dev.partita.base.Clock;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the connections of one event loop share: the stack on which other threads hand answers over,
 * the clock that ticks for timeouts, and the encoder.
 *
 * <p>Only {@link #handOver} and the gauges may be called by another thread.
 */
final class ConnectionLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLoop.class);
  private static final long TICK_MILLIS_MIN = 10;
  private static final long TICK_MILLIS_MAX = 500;
  private static final long LINGER_MILLIS_MAX = 5_000;
  private static final int TICKS_PER_TIMEOUT = 4;

  private final EventLoop eventLoop;
  private final HttpServerConfiguration configuration;
  private final RequestHandler handler;
  private final ErrorPages errorPages;
  private final Clock clock;
  private final ByteBudget sharedBudget;
  private final ByteBudget.Share budget;
  private final CompressionPool compression;
  private final SplittableRandom random;
  private final byte[] idSuffix;
  private final ResponseEncoder encoder;
  private final long tickMillis;
  private final AtomicReference<@Nullable Exchange> handedOver = new AtomicReference<>();
  private final Runnable takeOver = this::takeOver;
  private final List<Connection> toFlush = new ArrayList<>();
  private final AtomicInteger requestsInFlight = new AtomicInteger();
  private final AtomicInteger bursts = new AtomicInteger();
  private @Nullable Connection newest;
  private boolean takingOver;
  private boolean closing;
  private long tick;

  ConnectionLoop(
      EventLoop eventLoop,
      HttpServerConfiguration configuration,
      RequestHandler handler,
      ErrorPages errorPages,
      Clock clock,
      ByteBudget budget,
      CompressionPool compression,
      long seed) {
    this.eventLoop = eventLoop;
    this.configuration = configuration;
    this.handler = handler;
    this.errorPages = errorPages;
    this.clock = clock;
    this.sharedBudget = budget;
    this.budget = budget.new Share();
    this.compression = compression;
    this.random = new SplittableRandom(seed);
    this.idSuffix = idSuffix(random);
    this.encoder = new ResponseEncoder(idSuffix);
    long shortest =
        Math.min(
            configuration.idleTimeout().toMillis(),
            Math.min(
                configuration.requestTimeout().toMillis(),
                configuration.responseTimeout().toMillis()));
    this.tickMillis = Math.clamp(shortest / TICKS_PER_TIMEOUT, TICK_MILLIS_MIN, TICK_MILLIS_MAX);
    encoder.setTime(clock.wallMillis());
  }

  private static byte[] idSuffix(SplittableRandom random) {
    byte[] characters = new byte[RequestId.CHARACTERS];
    for (int end = 0; end < RequestId.CHARACTERS - RequestId.RANDOM_CHARACTERS; ) {
      end = RequestId.writeCharacters(random.nextLong(), characters, end);
    }
    return Arrays.copyOf(characters, RequestId.CHARACTERS - RequestId.RANDOM_CHARACTERS);
  }

  /** Starts the ticking. */
  void start() {
    var _ =
        eventLoop.scheduleAtFixedRate(
            this::advanceTick, tickMillis, tickMillis, TimeUnit.MILLISECONDS);
  }

  HttpServerConfiguration configuration() {
    return configuration;
  }

  RequestHandler handler() {
    return handler;
  }

  ErrorPages errorPages() {
    return errorPages;
  }

  ByteBudget.Share budget() {
    return budget;
  }

  /** What all loops share, for threads that are none of them. */
  ByteBudget sharedBudget() {
    return sharedBudget;
  }

  ResponseEncoder encoder() {
    return encoder;
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  RequestId newRequestId() {
    return new RequestId(random.nextLong(), random.nextLong(), idSuffix);
  }

  /** Ticks since the start; timeouts are measured in them. */
  long tick() {
    return tick;
  }

  /** A timeout in ticks; it is never shorter than asked, and up to two ticks longer. */
  long ticks(Duration timeout) {
    return Math.ceilDiv(timeout.toMillis(), tickMillis) + 1;
  }

  /** How long a connection that was refused something is kept so that its client reads why. */
  long lingerTicks() {
    return Math.ceilDiv(
        Math.min(LINGER_MILLIS_MAX, configuration.requestTimeout().toMillis()), tickMillis);
  }

  boolean isTakingOver() {
    return takingOver;
  }

  boolean isClosing() {
    return closing;
  }

  void requestBegun() {
    requestsInFlight.setOpaque(requestsInFlight.getPlain() + 1);
  }

  void requestEnded() {
    requestsInFlight.setOpaque(requestsInFlight.getPlain() - 1);
  }

  int requestsInFlight() {
    return requestsInFlight.getOpaque();
  }

  /**
   * Brings an answered exchange to its connection. From another thread it goes over a stack, and
   * only the thread that finds the stack empty wakes the event loop: a burst costs one wake-up.
   */
  void handOver(Exchange exchange) {
    if (eventLoop.inEventLoop()) {
      exchange.connection().answered(exchange);
      return;
    }
    exchange.reserve();
    Exchange top;
    do {
      top = handedOver.get();
      exchange.nextHandedOver = top;
    } while (!handedOver.compareAndSet(top, exchange));
    if (top == null) {
      try {
        eventLoop.execute(takeOver);
      } catch (RejectedExecutionException e) {
        LOG.debug("An answer came after the server was closed", e);
      }
    }
  }

  /** How many times other threads have woken this loop for their answers. */
  int bursts() {
    return bursts.getOpaque();
  }

  private void takeOver() {
    bursts.setOpaque(bursts.getPlain() + 1);
    Exchange oldest = null;
    Exchange exchange = handedOver.getAndSet(null);
    while (exchange != null) {
      Exchange older = exchange.nextHandedOver;
      exchange.nextHandedOver = oldest;
      oldest = exchange;
      exchange = older;
    }
    takingOver = true;
    while (oldest != null) {
      Exchange newer = oldest.nextHandedOver;
      oldest.nextHandedOver = null;
      oldest.connection().answered(oldest);
      oldest = newer;
    }
    takingOver = false;
    for (Connection connection : toFlush) {
      connection.flushNow();
    }
    toFlush.clear();
  }

  /** Flushes {@code connection} once the answers that are being taken over are written. */
  void flushLater(Connection connection) {
    toFlush.add(connection);
  }

  /**
   * Runs {@code work} on another thread and then {@code done} on this event loop, with null if the
   * work failed. Returns false, and does neither, if too much is waiting.
   */
  <T> boolean offload(Supplier<T> work, Consumer<@Nullable T> done) {
    return compression.offer(() -> {
      T result = null;
      try {
        result = work.get();
      } catch (RuntimeException | Error e) {
        LOG.error("Compressing or inflating a body failed", e);
      }
      T outcome = result;
      try {
        eventLoop.execute(() -> done.accept(outcome));
      } catch (RejectedExecutionException e) {
        LOG.debug("A body was ready after the server was closed", e);
      }
    });
  }

  void add(Connection connection) {
    connection.older = newest;
    if (newest != null) {
      newest.newer = connection;
    }
    newest = connection;
  }

  void remove(Connection connection) {
    if (connection.newer == null) {
      newest = connection.older;
    } else {
      connection.newer.older = connection.older;
    }
    if (connection.older != null) {
      connection.older.newer = connection.newer;
    }
    connection.newer = null;
    connection.older = null;
  }

  private void advanceTick() {
    tick++;
    encoder.setTime(clock.wallMillis());
    each(Connection::tick);
  }

  /** Lets every connection finish what is in flight, takes no further requests. */
  void closeWhenDone() {
    closing = true;
    each(Connection::closeWhenDone);
  }

  /** Closes every connection. */
  void closeNow() {
    closing = true;
    each(Connection::closeNow);
  }

  private void each(Consumer<Connection> action) {
    Connection connection = newest;
    while (connection != null) {
      Connection next = connection.older;
      action.accept(connection);
      connection = next;
    }
  }
}
