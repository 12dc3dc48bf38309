package dev.partita.testing.reference;

import java.util.List;

/** A condition of a write or a filter of a read. */
public sealed interface Guard {

  /** No condition. */
  record Always() implements Guard {}

  /** ConditionExpression or FilterExpression. */
  record Expression(Condition condition) implements Guard {}

  /**
   * Expected, QueryFilter or ScanFilter.
   *
   * @param conditions at least one, each of another attribute
   * @param any whether ConditionalOperator is OR
   * @param operatorGiven whether ConditionalOperator is sent; a sent AND needs no {@code any}
   */
  record Legacy(List<LegacyCondition> conditions, boolean any, boolean operatorGiven)
      implements Guard {
    public Legacy {
      conditions = List.copyOf(conditions);
    }
  }
}
