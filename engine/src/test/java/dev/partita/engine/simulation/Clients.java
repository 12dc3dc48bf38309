package dev.partita.engine.simulation;

import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.Database;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Clients, each with one request at a time, whose answers may get lost. */
final class Clients {
  private static final int THINK_NANOS_MAX = 8_000_000;
  private static final long PATIENCE_NANOS = 400_000_000;

  private final Profile profile;
  private final Dice dice;
  private final Timeline timeline;
  private final Trace trace;
  private final List<Workload> workloads;
  private final Database database;
  private final Life life = new Life();
  private final List<Call> calls = new ArrayList<>();
  private long time;
  private int sent;
  private int working;

  Clients(
      Profile profile,
      Dice dice,
      Timeline timeline,
      Trace trace,
      List<Workload> workloads,
      Database database) {
    this.profile = profile;
    this.dice = dice;
    this.timeline = timeline;
    this.trace = trace;
    this.workloads = workloads;
    this.database = database;
  }

  /** From now on all clients work, until all requests are sent. */
  void start() {
    for (int client = 0; client < profile.clients(); client++) {
      working++;
      think(null);
    }
  }

  private void think(@Nullable Exchange next) {
    timeline.add(life, "client", dice.below(THINK_NANOS_MAX), () -> work(next));
  }

  private void work(@Nullable Exchange next) {
    if (next == null && sent >= profile.operations()) {
      working--;
      return;
    }
    Exchange exchange = next == null ? dice.oneOf(workloads).next(dice) : next;
    new Call(exchange, true).send();
  }

  /** Sends one more request; its answer does not get lost. */
  void ask(Exchange exchange) {
    new Call(exchange, false).send();
  }

  /** Whether all requests are sent and answered. */
  boolean areDone() {
    return working == 0;
  }

  /** Whether no request waits for its answer. */
  boolean areIdle() {
    return calls.isEmpty() && working == 0;
  }

  int sent() {
    return sent;
  }

  /** Requests that wait, in words. */
  String waiting() {
    return calls.stream().map(call -> call.exchange.request().toString()).toList().toString();
  }

  /** Whoever waits gets no answer any more. */
  void serverIsGone() {
    List.copyOf(calls).forEach(Call::loseAnswer);
  }

  /** A request under way. */
  private final class Call implements ApiCallback {
    private final Exchange exchange;
    private final boolean ofClient;
    private final int number = sent++;
    private final long start = ++time;
    private boolean answered;
    private boolean ended;

    Call(Exchange exchange, boolean ofClient) {
      this.exchange = exchange;
      this.ofClient = ofClient;
    }

    void send() {
      note("sends " + exchange.request());
      calls.add(this);
      if (ofClient && dice.perMillion(profile.lostAnswers())) {
        timeline.add(
            life,
            "client " + number + " hears nothing",
            dice.below(20_000_000),
            () -> {
              if (!ended) {
                loseAnswer();
              }
            });
      }
      if (profile.isQuiet()) {
        timeline.add(
            life,
            "client " + number + " waited",
            PATIENCE_NANOS,
            () -> {
              if (!ended) {
                throw new SimulationFailure("no answer in time to " + exchange.request());
              }
            });
      }
      database.execute(exchange.request(), this);
    }

    @Override
    public void completed(ApiResponse response) {
      receive("gets " + response, () -> exchange.completed(response, start, ++time));
    }

    @Override
    public void failed(ApiError error) {
      receive(
          "gets " + error,
          () -> {
            if (Exchange.isUnknown(error)) {
              if (profile.isQuiet()) {
                throw new SimulationFailure(exchange.request() + " got " + error);
              }
              exchange.unknown(start);
            } else {
              exchange.refused(error, start, ++time);
            }
          });
    }

    /** Answers of one life come once; what the client does with them is its own step. */
    private void receive(String what, Runnable tell) {
      if (answered) {
        throw new SimulationFailure("two answers to " + exchange.request());
      }
      answered = true;
      timeline.add(
          life,
          "client " + number + " is answered",
          0,
          () -> {
            if (!ended) {
              note(what);
              end(tell);
            }
          });
    }

    void loseAnswer() {
      note("has lost its answer");
      end(() -> exchange.unknown(start));
    }

    private void end(Runnable tell) {
      ended = true;
      calls.remove(this);
      tell.run();
      if (ofClient) {
        think(exchange.then());
      }
    }

    private void note(String what) {
      trace.add(timeline.monotonicNanos(), "client " + number + " " + what);
    }
  }
}
