package dev.partita.engine.control;

import dev.partita.engine.operation.RequestFaults;
import dev.partita.engine.operation.RequestTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Requests that are to fail: the next so many of an operation, or of any, on a table. */
public final class RequestFailures implements RequestFaults {
  /** How many tables and operations may have failures waiting. */
  public static final int RULES_MAX = 100;

  private final CopyOnWriteArrayList<Rule> rules = new CopyOnWriteArrayList<>();

  RequestFailures() {}

  /** How a request is to fail. */
  public enum Failure {
    /** The table's throughput is exceeded. */
    THROTTLE,
    /** A transaction holds an item; only what can meet that fails. */
    CONFLICT,
    /** An internal server error, and nothing was done. */
    ERROR_BEFORE,
    /** An internal server error, although everything was done. */
    ERROR_AFTER
  }

  /**
   * Failures that wait.
   *
   * @param operation null for any
   * @param left how many
   */
  public record Waiting(String tableName, @Nullable String operation, Failure failure, int left) {}

  private record Rule(
      String tableName, @Nullable String operation, Failure failure, AtomicInteger left) {

    boolean matches(RequestTarget target) {
      return (operation == null || operation.equals(target.operation()))
          && target.tables().contains(tableName)
          && (failure != Failure.CONFLICT || target.kind().conflicts());
    }

    /** Takes one failure; false if another request was faster. */
    boolean take() {
      return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }
  }

  /**
   * Lets requests fail, in place of what was set before for the same table and operation.
   *
   * @param operation null for any
   * @param count 0 for none
   * @return false if too much is set already
   */
  public synchronized boolean fail(
      String tableName, @Nullable String operation, Failure failure, int count) {
    rules.removeIf(rule ->
        rule.tableName.equals(tableName)
            && (operation == null ? rule.operation == null : operation.equals(rule.operation)));
    if (count == 0) {
      return true;
    }
    if (rules.size() >= RULES_MAX) {
      return false;
    }
    rules.add(new Rule(tableName, operation, failure, new AtomicInteger(count)));
    return true;
  }

  /** What waits. */
  public List<Waiting> waiting() {
    List<Waiting> waiting = new ArrayList<>();
    for (Rule rule : rules) {
      int left = rule.left.get();
      if (left > 0) {
        waiting.add(new Waiting(rule.tableName, rule.operation, rule.failure, left));
      }
    }
    return waiting;
  }

  @Override
  public boolean isQuiet() {
    return rules.isEmpty();
  }

  @Override
  public @Nullable ForcedFault before(RequestTarget target) {
    for (Rule rule : rules) {
      Fault fault =
          switch (rule.failure) {
            case THROTTLE -> Fault.THROTTLE;
            case CONFLICT -> Fault.CONFLICT;
            case ERROR_BEFORE -> Fault.ERROR;
            case ERROR_AFTER -> null;
          };
      if (fault != null && take(rule, target)) {
        return new ForcedFault(fault, rule.tableName);
      }
    }
    return null;
  }

  @Override
  public boolean failsAfterwards(RequestTarget target) {
    for (Rule rule : rules) {
      if (rule.failure == Failure.ERROR_AFTER && take(rule, target)) {
        return true;
      }
    }
    return false;
  }

  private boolean take(Rule rule, RequestTarget target) {
    if (!rule.matches(target) || !rule.take()) {
      return false;
    }
    if (rule.left.get() == 0) {
      rules.remove(rule);
    }
    return true;
  }

  void reset() {
    rules.clear();
  }
}
