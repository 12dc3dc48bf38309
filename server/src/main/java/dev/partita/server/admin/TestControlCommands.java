package dev.partita.server.admin;

import dev.partita.engine.control.PastStates;
import dev.partita.engine.control.RequestFailures;
import dev.partita.engine.control.RequestFailures.Failure;
import dev.partita.engine.control.TestControls;
import dev.partita.engine.globalindex.PropagationDelay;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.metadata.TimeToLive;
import dev.partita.engine.operation.RequestTarget;
import dev.partita.model.api.TimeToLiveStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The commands under {@code /_partita/test-controls}; see docs/test-controls.md. */
final class TestControlCommands {
  private static final String TABLE = "TableName";
  private static final int CONFLICT = 409;
  private static final int UNAVAILABLE = 503;
  private static final int COUNT_MAX = 1_000_000;
  private static final Duration SHIFT_MAX = Duration.ofDays(3_660);
  private static final Duration DELAY_MAX = Duration.ofDays(1);

  private final NodeParts parts;
  private final TestControls controls;

  TestControlCommands(NodeParts parts, TestControls controls) {
    this.parts = parts;
    this.controls = controls;
  }

  void addTo(Map<String, AdminCommand> byName) {
    byName.put(AdminCommands.TEST_CONTROLS, AdminCommand.get((_, reply) -> reply.done(all())));
    add(byName, "reset", this::reset);
    add(byName, "shift-clock", this::shiftClock, "By");
    add(byName, "expire-now", this::expireNow, TABLE);
    add(byName, "delay-indexes", this::delayIndexes, TABLE, "Delay");
    add(byName, "stale-reads", this::staleReads, "Lag");
    add(byName, "fail", this::fail, TABLE, "Error", "Count", "Operation");
    add(byName, "roll-shards", this::rollShards, TABLE);
    add(byName, "hold-transactions", this::holdTransactions, TABLE);
    add(byName, "release-transactions", this::releaseTransactions, TABLE);
  }

  private static void add(
      Map<String, AdminCommand> byName,
      String name,
      AdminCommand.Action action,
      String... parameters) {
    byName.put(AdminCommands.TEST_CONTROLS + "/" + name, AdminCommand.post(action, parameters));
  }

  private TableDescriptor table(AdminParameters parameters) throws AdminException {
    return Tables.serving(parts.catalog(), parameters.text(TABLE));
  }

  /** All that is set. */
  private Map<String, Object> all() {
    Map<String, Object> set = new LinkedHashMap<>(clock());
    set.put("StaleReads", controls.pastStates().text());
    Map<String, String> delays = new TreeMap<>();
    controls.indexDelays().delays().forEach((table, millis) -> delays.put(table, delay(millis)));
    set.put("DelayedIndexes", delays);
    set.put(
        "Failures",
        controls.requestFailures().waiting().stream().map(TestControlCommands::of).toList());
    set.put(
        "TablesWithHeldTransactions",
        parts.catalog().tables().values().stream()
            .filter(table -> controls.heldTransactions().isHeld(table.tableId()))
            .map(TableDescriptor::name)
            .toList());
    set.put("HeldTransactions", controls.heldTransactions().waitingCount());
    return set;
  }

  private void reset(AdminParameters parameters, AdminReply reply) {
    controls.reset();
    reply.done(all());
  }

  private Map<String, Object> clock() {
    long now = parts.serviceClock().wallMillis();
    Map<String, Object> clock = new LinkedHashMap<>();
    clock.put("Clock", Instant.ofEpochMilli(now));
    clock.put("ClockShiftMilliseconds", now - parts.clock().wallMillis());
    return clock;
  }

  private void shiftClock(AdminParameters parameters, AdminReply reply) throws AdminException {
    Duration by = parameters.duration("By");
    if (by.abs().compareTo(SHIFT_MAX) > 0) {
      throw AdminException.badRequest("By must be at most " + SHIFT_MAX.toDays() + "d");
    }
    parts.serviceClock().shift(by);
    reply.done(clock());
  }

  private void expireNow(AdminParameters parameters, AdminReply reply) throws AdminException {
    TableDescriptor table = table(parameters);
    TimeToLive timeToLive = table.derived().timeToLive();
    if (timeToLive == null || timeToLive.status() != TimeToLiveStatus.ENABLED) {
      throw new AdminException(CONFLICT, "time to live is not enabled on " + table.name());
    }
    answer(reply, "DeletedItems", parts.expirySweeper().expireNow(table));
  }

  private void rollShards(AdminParameters parameters, AdminReply reply) throws AdminException {
    TableDescriptor table = table(parameters);
    if (table.derived().enabledStream() == null) {
      throw new AdminException(CONFLICT, "the table " + table.name() + " has no enabled stream");
    }
    answer(reply, "RolledShards", parts.changeLogUpkeep().rollShards(table));
  }

  private static void answer(AdminReply reply, String name, CompletableFuture<?> result) {
    var _ =
        result.whenComplete((value, failure) -> {
          if (failure == null) {
            reply.done(Map.of(name, value));
          } else {
            reply.failed(UNAVAILABLE, String.valueOf(failure.getMessage()));
          }
        });
  }

  private void delayIndexes(AdminParameters parameters, AdminReply reply) throws AdminException {
    TableDescriptor table = table(parameters);
    String asked = parameters.text("Delay");
    switch (asked) {
      case "hold" -> controls.indexDelays().hold(table.name());
      case "release" -> controls.indexDelays().delay(table.name(), 0);
      default ->
          controls
              .indexDelays()
              .delay(table.name(), span(parameters, "Delay", "hold or release", DELAY_MAX));
    }
    Map<String, Object> set = new LinkedHashMap<>();
    set.put(TABLE, table.name());
    set.put("Delay", delay(controls.indexDelays().millis(table.name())));
    reply.done(set);
  }

  private static String delay(long millis) {
    return millis == PropagationDelay.HELD ? "held" : millis + "ms";
  }

  private static long span(
      AdminParameters parameters, String name, String orElse, Duration greatest)
      throws AdminException {
    Duration span;
    try {
      span = parameters.duration(name);
    } catch (AdminException isNone) {
      throw AdminException.badRequest(isNone.getMessage() + "; or " + orElse);
    }
    if (span.isNegative() || span.compareTo(greatest) > 0) {
      throw AdminException.badRequest(name + " must be 0 to " + greatest.toMinutes() + "m");
    }
    return span.toMillis();
  }

  private void staleReads(AdminParameters parameters, AdminReply reply) throws AdminException {
    PastStates states = controls.pastStates();
    switch (parameters.text("Lag")) {
      case "hold" -> states.hold(parts.groups());
      case "off" -> states.off();
      default -> {
        long millis = span(parameters, "Lag", "hold or off", PastStates.LAG_MAX);
        if (millis == 0) {
          states.off();
        } else {
          states.lag(Duration.ofMillis(millis), parts.groups());
        }
      }
    }
    reply.done(Map.of("StaleReads", states.text()));
  }

  private void fail(AdminParameters parameters, AdminReply reply) throws AdminException {
    TableDescriptor table = table(parameters);
    Failure failure = failure(parameters.text("Error"));
    int count = parameters.number("Count", 0, COUNT_MAX, 1);
    String operation = parameters.optionalText("Operation");
    if (operation != null && !RequestTarget.OPERATIONS.contains(operation)) {
      throw AdminException.badRequest(
          "there is no operation on items called "
              + operation
              + "; there are "
              + String.join(", ", RequestTarget.OPERATIONS));
    }
    if (!controls.requestFailures().fail(table.name(), operation, failure, count)) {
      throw new AdminException(
          CONFLICT, "failures wait for " + RequestFailures.RULES_MAX + " tables and operations");
    }
    reply.done(of(new RequestFailures.Waiting(table.name(), operation, failure, count)));
  }

  private static Failure failure(String text) throws AdminException {
    return switch (text) {
      case "throttle" -> Failure.THROTTLE;
      case "conflict" -> Failure.CONFLICT;
      case "error", "error-before" -> Failure.ERROR_BEFORE;
      case "error-after" -> Failure.ERROR_AFTER;
      default ->
          throw AdminException.badRequest(
              "Error must be throttle, conflict, error-before or error-after, is '" + text + "'");
    };
  }

  private static Map<String, Object> of(RequestFailures.Waiting waiting) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put(TABLE, waiting.tableName());
    putIfThere(told, waiting.operation());
    told.put(
        "Error",
        switch (waiting.failure()) {
          case THROTTLE -> "throttle";
          case CONFLICT -> "conflict";
          case ERROR_BEFORE -> "error-before";
          case ERROR_AFTER -> "error-after";
        });
    told.put("Count", waiting.left());
    return told;
  }

  private static void putIfThere(Map<String, Object> told, @Nullable String operation) {
    if (operation != null) {
      told.put("Operation", operation);
    }
  }

  private void holdTransactions(AdminParameters parameters, AdminReply reply)
      throws AdminException {
    TableDescriptor table = table(parameters);
    controls.heldTransactions().hold(table.tableId());
    reply.done(Map.of("TablesWithHeldTransactions", List.of(table.name())));
  }

  private void releaseTransactions(AdminParameters parameters, AdminReply reply)
      throws AdminException {
    TableDescriptor table = table(parameters);
    reply.done(
        Map.of("ReleasedTransactions", controls.heldTransactions().release(table.tableId())));
  }
}
