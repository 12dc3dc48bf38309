package dev.partita.bench;

import dev.partita.base.Clock;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's share of a run: its connections, its arrivals, its measurements. Everything but
 * the constructor and the futures happens on the loop.
 */
final class Worker {
  private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long TIMEOUT_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A timer costs a few microseconds of CPU, so at high rates several requests share one. */
  private static final long TIMER_NANOS_MIN = 50_000;

  private final EventLoop loop;
  private final Clock clock;
  private final RequestSource source;
  private final Arrivals arrivals;
  private final LongAdder failures;
  private final Measurements measurements = new Measurements();
  private final List<Connection> connections = new ArrayList<>();
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();
  private final CompletableFuture<Void> allConnected = new CompletableFuture<>();
  private final CompletableFuture<Measurements> finished = new CompletableFuture<>();
  private Function<Worker, ChannelHandler> newConnection = worker -> notConnecting();
  private @Nullable Bootstrap bootstrap;
  private @Nullable Window window;
  private int connectionsWanted;
  private int busy;
  private boolean timerArmed;
  private boolean sentLast;

  Worker(EventLoop loop, Clock clock, RequestSource source, Arrivals arrivals, LongAdder failures) {
    this.loop = loop;
    this.clock = clock;
    this.source = source;
    this.arrivals = arrivals;
    this.failures = failures;
  }

  private static ChannelHandler notConnecting() {
    throw new IllegalStateException("not connecting yet");
  }

  /** Safe to read while the loop works: what {@link Measurements#recent} says. */
  Measurements measurements() {
    return measurements;
  }

  /** The measurements, once every request was answered or given up. */
  CompletableFuture<Measurements> finished() {
    return finished;
  }

  /** Opens the connections; the future fails with the first that cannot be opened. */
  CompletableFuture<Void> connect(
      Bootstrap template, int count, Function<Worker, ChannelHandler> connectionFactory) {
    loop.execute(() -> {
      newConnection = connectionFactory;
      bootstrap = template.clone(loop);
      connectionsWanted = count;
      for (int i = 0; i < count; i++) {
        open();
      }
    });
    return allConnected;
  }

  private void open() {
    Bootstrap open = bootstrap;
    if (open == null || finished.isDone()) {
      return;
    }
    open.clone()
        .handler(newConnection.apply(this))
        .connect()
        .addListener(connected -> {
          if (!connected.isSuccess()) {
            notConnected(connected.cause());
          }
        });
  }

  private void notConnected(Throwable cause) {
    if (!allConnected.completeExceptionally(cause) && window != null && !finished.isDone()) {
      failures.increment();
      if (window.measures(clock.monotonicNanos())) {
        measurements.failure("connect refused");
      }
      after(RECONNECT_NANOS, this::open);
    }
  }

  void connected(Connection connection) {
    connections.add(connection);
    if (window == null) {
      idle.add(connection);
      if (connections.size() == connectionsWanted) {
        allConnected.complete(null);
      }
    } else {
      free(connection, clock.monotonicNanos());
    }
  }

  void disconnected(Connection connection, boolean wasBusy, String reason) {
    connections.remove(connection);
    if (!allConnected.isDone()) {
      allConnected.completeExceptionally(new IOException(reason));
      return;
    }
    if (wasBusy) {
      busy--;
      recordFailure(connection, reason);
    }
    after(wasBusy ? RECONNECT_NANOS : 0, this::open);
    if (window != null) {
      finishIfDone(clock.monotonicNanos());
    }
  }

  /** Begins to send; called once, after all connections are open. */
  void start(Window run) {
    loop.execute(() -> {
      window = run;
      after(run.startNanos() - clock.monotonicNanos(), this::begin);
    });
  }

  private void begin() {
    Window run = running();
    long now = clock.monotonicNanos();
    after(run.untilNanos() - now, () -> finishIfDone(clock.monotonicNanos()));
    checkTimeouts();
    switch (arrivals) {
      case Arrivals.Closed closed -> {
        int count = idle.size();
        for (int i = 0; i < count; i++) {
          Connection connection = idle.poll();
          if (connection != null) {
            free(connection, now);
          }
        }
        finishIfDone(now);
      }
      case Arrivals.Open open -> dispatch(open, now);
    }
  }

  /** Something may be sent on this connection now. */
  private void free(Connection connection, long now) {
    switch (arrivals) {
      case Arrivals.Closed closed -> {
        if (running().isOver(now) || !connection.usable() || !send(connection, now, now)) {
          idle.add(connection);
          finishIfDone(now);
        }
      }
      case Arrivals.Open open -> {
        idle.add(connection);
        dispatch(open, now);
      }
    }
  }

  /** Sends what is due, as far as connections are free; nothing after the window's end. */
  private void dispatch(Arrivals.Open open, long now) {
    Window run = running();
    while (!idle.isEmpty() && !run.isOver(now)) {
      long due = run.startNanos() + open.nextOffsetNanos();
      if (due - now > 0) {
        if (!run.isOver(due)) {
          arm(due - now);
        }
        return;
      }
      Connection connection = idle.poll();
      if (connection != null && connection.usable() && send(connection, due, now)) {
        open.advance();
      }
    }
    finishIfDone(now);
  }

  private void arm(long nanos) {
    if (!timerArmed) {
      timerArmed = true;
      after(Math.max(nanos, TIMER_NANOS_MIN), this::onTimer);
    }
  }

  private void onTimer() {
    timerArmed = false;
    if (arrivals instanceof Arrivals.Open open && !finished.isDone()) {
      dispatch(open, clock.monotonicNanos());
    }
  }

  private boolean send(Connection connection, long due, long now) {
    if (!source.next(connection.request())) {
      return false;
    }
    busy++;
    connection.send(due, now);
    return true;
  }

  void answered(Connection connection, ResponseReader response) {
    busy--;
    long now = clock.monotonicNanos();
    Window run = running();
    if (response.status() == 200) {
      long due = connection.dueNanos();
      if (run.measures(due)) {
        long service = now - connection.sentNanos();
        boolean inWindow = !run.isOver(now);
        measurements.success(connection.request().operation, now - due, service, inWindow);
      } else {
        measurements.sawSuccess(now - due);
      }
      source.answered(connection.request(), null);
    } else {
      recordFailure(connection, ErrorType.of(response.status(), response.errorBody()));
    }
    if (response.keepAlive()) {
      free(connection, now);
    }
  }

  private void recordFailure(Connection connection, String error) {
    failures.increment();
    if (running().measures(connection.dueNanos())) {
      measurements.failure(error);
    }
    source.answered(connection.request(), error);
  }

  private void checkTimeouts() {
    if (finished.isDone()) {
      return;
    }
    long now = clock.monotonicNanos();
    long timeout = running().timeoutNanos();
    for (Connection connection : List.copyOf(connections)) {
      if (connection.busy() && now - connection.sentNanos() > timeout) {
        connection.abandon("timeout");
      }
    }
    after(TIMEOUT_CHECK_NANOS, this::checkTimeouts);
  }

  /** Ends once nothing more is to be sent and nothing is under way. */
  private void finishIfDone(long now) {
    Window run = running();
    if (busy > 0 || finished.isDone()) {
      return;
    }
    if (run.isOver(now)) {
      if (arrivals instanceof Arrivals.Open open) {
        if (sendLast(open, run)) {
          return;
        }
        countUnsent(open, run);
      }
    } else if (!source.isExhausted()) {
      return;
    }
    List.copyOf(connections).forEach(connection -> connection.abandon("finished"));
    finished.complete(measurements);
  }

  /**
   * What became due since the last timer and has a free connection still goes out, once: the timer
   * is not the endpoint's fault.
   *
   * @return whether anything was sent
   */
  private boolean sendLast(Arrivals.Open open, Window run) {
    if (sentLast) {
      return false;
    }
    sentLast = true;
    dispatch(open, run.untilNanos() - 1);
    return busy > 0;
  }

  private void countUnsent(Arrivals.Open open, Window run) {
    long due = run.startNanos() + open.nextOffsetNanos();
    while (due - run.untilNanos() < 0) {
      if (run.measures(due)) {
        measurements.unsent(run.untilNanos() - due);
      }
      open.advance();
      due = run.startNanos() + open.nextOffsetNanos();
    }
  }

  /** Runs a task on the loop later; what it throws ends the run. */
  private void after(long nanos, Runnable task) {
    loop.schedule(task, Math.max(0, nanos), TimeUnit.NANOSECONDS)
        .addListener(done -> {
          if (!done.isSuccess()) {
            finished.completeExceptionally(done.cause());
          }
        });
  }

  private Window running() {
    Window run = window;
    if (run == null) {
      throw new IllegalStateException("not started");
    }
    return run;
  }
}
