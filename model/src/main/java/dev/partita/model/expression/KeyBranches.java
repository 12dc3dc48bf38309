package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import dev.partita.model.KeySchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a statement's WHERE clause apart into reads of item collections. As AWS, it multiplies AND
 * and OR out as far as they concern the key: what does not stays together.
 *
 * <p>Source: AWS, "PartiQL select statements for DynamoDB", and answers of AWS.
 */
public final class KeyBranches {
  /** AWS's limit on the reads of one statement. */
  private static final int BRANCHES_MAX = 50;

  private final KeySchema schema;

  private KeyBranches(KeySchema schema) {
    this.schema = schema;
  }

  /**
   * The reads by the key of a table or index, in the order of the text; null if some of what
   * satisfies {@code where} may lie in any item collection.
   *
   * @throws ExpressionException with AWS's text if there are too many
   */
  public static @Nullable List<KeyBranch> of(Condition where, KeySchema schema) {
    KeyBranches branches = new KeyBranches(schema);
    if (!branches.pinsPartition(where)) {
      return null;
    }
    List<KeyBranch> result = new ArrayList<>();
    for (Conjunction conjunction : branches.expand(where)) {
      AttributeValue partition = conjunction.partition();
      if (partition == null) {
        return null;
      }
      List<Condition> rest = conjunction.rest();
      result.add(
          new KeyBranch(
              partition,
              conjunction.sortKey(),
              branches.mentionsSortKey(rest),
              rest.size() > 1 ? new Conditions.AllOf(rest) : rest.isEmpty() ? null : rest.get(0)));
    }
    return result;
  }

  /** Conditions that all must hold. */
  private record Conjunction(
      List<AttributeValue> partitions, List<SortKeyCondition> sortKey, List<Condition> rest) {

    static Conjunction ofRest(Condition condition) {
      return new Conjunction(List.of(), List.of(), List.of(condition));
    }

    Conjunction and(Conjunction other) {
      return new Conjunction(
          joined(partitions, other.partitions),
          joined(sortKey, other.sortKey),
          joined(rest, other.rest));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
      List<T> both = new ArrayList<>(first.size() + second.size());
      both.addAll(first);
      both.addAll(second);
      return both;
    }

    /** The one partition key that it names; null if it names two that differ. */
    @Nullable AttributeValue partition() {
      AttributeValue one = partitions.getFirst();
      return partitions.stream().allMatch(one::equals) ? one : null;
    }
  }

  private boolean pinsPartition(Condition condition) {
    return switch (condition) {
      case Conditions.AllOf(List<Condition> parts) -> parts.stream().anyMatch(this::pinsPartition);
      case Conditions.AnyOf(List<Condition> parts) -> parts.stream().allMatch(this::pinsPartition);
      case Condition other -> keyTerm(other) instanceof PartitionTerm;
    };
  }

  private List<Conjunction> expand(Condition condition) {
    if (condition instanceof Conditions.AllOf(List<Condition> parts)) {
      List<Conjunction> product = expand(parts.getFirst());
      for (Condition part : parts.subList(1, parts.size())) {
        product = product(product, expand(part));
      }
      return product;
    }
    if (condition instanceof Conditions.AnyOf(List<Condition> parts) && hasKeyTerm(condition)) {
      List<Conjunction> sum = new ArrayList<>();
      for (Condition part : parts) {
        sum.addAll(expand(part));
        checkCount(sum.size());
      }
      return sum;
    }
    List<Conjunction> alternatives = new ArrayList<>();
    switch (keyTerm(condition)) {
      case null -> alternatives.add(Conjunction.ofRest(condition));
      case PartitionTerm(List<AttributeValue> values) -> {
        for (AttributeValue value : values) {
          alternatives.add(new Conjunction(List.of(value), List.of(), List.of()));
        }
      }
      case SortTerm(List<SortKeyCondition> conditions) -> {
        for (SortKeyCondition one : conditions) {
          alternatives.add(new Conjunction(List.of(), List.of(one), List.of()));
        }
      }
    }
    checkCount(alternatives.size());
    return alternatives;
  }

  private static List<Conjunction> product(List<Conjunction> first, List<Conjunction> second) {
    checkCount(first.size() * second.size());
    List<Conjunction> product = new ArrayList<>(first.size() * second.size());
    for (Conjunction one : first) {
      for (Conjunction other : second) {
        product.add(one.and(other));
      }
    }
    return product;
  }

  private static void checkCount(int branches) {
    if (branches > BRANCHES_MAX) {
      throw new ExpressionException("Too many decomposed read operations for a given query.");
    }
  }

  private boolean hasKeyTerm(Condition condition) {
    return switch (condition) {
      case Conditions.AllOf(List<Condition> parts) -> parts.stream().anyMatch(this::hasKeyTerm);
      case Conditions.AnyOf(List<Condition> parts) -> parts.stream().anyMatch(this::hasKeyTerm);
      case Condition other -> keyTerm(other) != null;
    };
  }

  private boolean mentionsSortKey(List<Condition> conditions) {
    return conditions.stream()
        .flatMap(condition -> condition.topLevelAttributes().stream())
        .anyMatch(this::isSortKey);
  }

  private boolean isSortKey(String name) {
    return !schema.sortKeys().isEmpty() && schema.sortKeys().getFirst().name().equals(name);
  }

  /** A condition on a key attribute that a range of keys can stand for. */
  private sealed interface Term {}

  /** The partition key is one of these. */
  private record PartitionTerm(List<AttributeValue> values) implements Term {}

  /** One of these holds for the sort key. */
  private record SortTerm(List<SortKeyCondition> conditions) implements Term {}

  private @Nullable Term keyTerm(Condition condition) {
    return switch (condition) {
      case Conditions.Compare(Comparator comparator, Operand left, Operand right) -> {
        if (left instanceof Operand.OfPath(Path path)
            && right instanceof Operand.Literal(AttributeValue value)) {
          yield comparison(path, comparator, value);
        }
        yield right instanceof Operand.OfPath(Path path)
                && left instanceof Operand.Literal(AttributeValue value)
            ? comparison(path, comparator.exchanged(), value)
            : null;
      }
      case Conditions.In(Operand operand, List<Operand> candidates) ->
          membership(operand, candidates);
      case Conditions.Between(Operand operand, Operand low, Operand high) ->
          low instanceof Operand.Literal(AttributeValue lower)
                  && high instanceof Operand.Literal(AttributeValue upper)
              ? sortTerm(operand, new SortKeyCondition.Between(lower, upper))
              : null;
      case Conditions.BeginsWith(Operand operand, Operand prefix) ->
          prefix instanceof Operand.Literal(AttributeValue beginning)
              ? sortTerm(operand, new SortKeyCondition.BeginsWith(beginning))
              : null;
      case Condition ignored -> null;
    };
  }

  private @Nullable Term comparison(Path path, Comparator comparator, AttributeValue value) {
    if (path.equals(new Path(schema.partitionKey().name(), List.of()))) {
      return comparator == Comparator.EQUAL ? new PartitionTerm(List.of(value)) : null;
    }
    SortKeyCondition condition =
        switch (comparator) {
          case EQUAL -> new SortKeyCondition.Equal(value);
          case LESS -> new SortKeyCondition.Less(value);
          case LESS_OR_EQUAL -> new SortKeyCondition.LessOrEqual(value);
          case GREATER -> new SortKeyCondition.Greater(value);
          case GREATER_OR_EQUAL -> new SortKeyCondition.GreaterOrEqual(value);
          case NOT_EQUAL -> null;
        };
    return condition == null ? null : sortTerm(new Operand.OfPath(path), condition);
  }

  private @Nullable Term sortTerm(Operand operand, SortKeyCondition condition) {
    return operand instanceof Operand.OfPath(Path path)
            && path.rest().isEmpty()
            && isSortKey(path.top())
        ? new SortTerm(List.of(condition))
        : null;
  }

  private @Nullable Term membership(Operand operand, List<Operand> candidates) {
    List<AttributeValue> values = new ArrayList<>(candidates.size());
    for (Operand candidate : candidates) {
      if (candidate instanceof Operand.Literal(AttributeValue value)) {
        values.add(value);
      }
    }
    if (values.size() < candidates.size()
        || !(operand instanceof Operand.OfPath(Path path))
        || !path.rest().isEmpty()) {
      return null;
    }
    if (path.top().equals(schema.partitionKey().name())) {
      return new PartitionTerm(values);
    }
    List<SortKeyCondition> conditions = new ArrayList<>(values.size());
    values.forEach(value -> conditions.add(new SortKeyCondition.Equal(value)));
    return isSortKey(path.top()) ? new SortTerm(conditions) : null;
  }
}
