package dev.partita.bench;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The operations of a workload and their integer weights.
 *
 * @param weights operation to weight, each at least 1; not empty
 */
public record OperationMix(Map<Operation, Integer> weights) {

  /** Checks and copies the weights. */
  public OperationMix {
    if (weights.isEmpty()) {
      throw new IllegalArgumentException("a workload needs at least one operation");
    }
    for (Map.Entry<Operation, Integer> entry : weights.entrySet()) {
      if (entry.getValue() < 1 || entry.getValue() > 1_000_000) {
        throw new IllegalArgumentException("a weight is 1 to 1000000, not " + entry.getValue());
      }
    }
    weights = Collections.unmodifiableMap(new EnumMap<>(weights));
  }

  /** Only this operation. */
  public static OperationMix only(Operation operation) {
    return new OperationMix(Map.of(operation, 1));
  }

  /**
   * Reads {@code get=80,put=20}.
   *
   * @throws IllegalArgumentException if the text has another shape
   */
  public static OperationMix parse(String text) {
    Map<Operation, Integer> weights = new EnumMap<>(Operation.class);
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      try {
        String name = part.substring(0, equals).strip().toUpperCase(Locale.ROOT);
        Operation operation = Operation.valueOf(name);
        if (weights.put(operation, Integer.valueOf(part.substring(equals + 1).strip())) != null) {
          throw new IllegalArgumentException(part + " repeats an operation");
        }
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            "a mix looks like get=80,put=20 over put, get, query, update; not '" + text + "'", e);
      }
    }
    return new OperationMix(weights);
  }

  /** Whether any operation reads items that must be there. */
  public boolean needsItems() {
    return weights.keySet().stream().anyMatch(Operation::needsItems);
  }

  @Override
  public String toString() {
    if (weights.size() == 1) {
      return weights.keySet().iterator().next().name().toLowerCase(Locale.ROOT);
    }
    StringJoiner joiner = new StringJoiner(",");
    weights.forEach((operation, weight) ->
        joiner.add(operation.name().toLowerCase(Locale.ROOT) + "=" + weight));
    return joiner.toString();
  }
}
