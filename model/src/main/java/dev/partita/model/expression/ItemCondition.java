package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeySchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement's WHERE clause that names one item: its key, not yet checked for types, and what else
 * must hold.
 *
 * <p>Source: AWS, "PartiQL update statements for DynamoDB", and answers of AWS.
 *
 * @param rest null if nothing
 */
public record ItemCondition(Item key, @Nullable Condition rest) {

  /**
   * The item that UPDATE or DELETE writes.
   *
   * @throws ExpressionException with AWS's text if the clause does not name one
   */
  public static ItemCondition ofWrite(@Nullable Condition where, KeySchema schema) {
    Split split = Split.of(where, schema, false);
    if (!split.isComplete(schema)) {
      throw new ExpressionException(
          "Where clause does not contain a mandatory equality on all key attributes");
    }
    if (!split.contradictions.isEmpty()) {
      throw new ExpressionException(
          "Multiple conditions on same key "
              + split.contradictions.getFirst()
              + ". Only single item Update/Insert/Delete are supported");
    }
    return new ItemCondition(Item.of(split.key), joined(split.rest));
  }

  /** The item that EXISTS checks; null unless the clause names one and says something more. */
  public static @Nullable ItemCondition ofCheck(@Nullable Condition where, KeySchema schema) {
    Split split = Split.of(where, schema, false);
    Condition rest = joined(split.rest);
    return split.isComplete(schema) && rest != null
        ? new ItemCondition(Item.of(split.key), rest)
        : null;
  }

  /** The key that a SELECT reads by; null unless the clause names one and says nothing more. */
  public static @Nullable Item ofRead(@Nullable Condition where, KeySchema schema) {
    Split split = Split.of(where, schema, true);
    return split.isComplete(schema) && split.rest.isEmpty() ? Item.of(split.key) : null;
  }

  /** What INSERT asks of the item that it meets: there is none. */
  public static Condition noItem(KeySchema schema) {
    return exists(schema, false);
  }

  /** What UPDATE asks of the item that it meets: it is there, and the rest holds. */
  public Condition ofExisting(KeySchema schema) {
    Condition there = exists(schema, true);
    return rest == null ? there : new Conditions.AllOf(List.of(there, rest));
  }

  /** What DELETE asks of the item that it meets, if there is one: the rest holds. */
  public @Nullable Condition ofAny(KeySchema schema) {
    return rest == null ? null : new Conditions.AnyOf(List.of(exists(schema, false), rest));
  }

  /** Every item has its key. */
  private static Condition exists(KeySchema schema, boolean wanted) {
    return new Conditions.Exists(new Path(schema.partitionKey().name(), List.of()), wanted);
  }

  private static @Nullable Condition joined(List<Condition> parts) {
    return parts.size() > 1 ? new Conditions.AllOf(parts) : parts.isEmpty() ? null : parts.get(0);
  }

  /** The parts of a clause that all must hold. */
  private static final class Split {
    private final Map<String, AttributeValue> key = new LinkedHashMap<>();
    private final List<Condition> rest = new ArrayList<>();

    /** Key attributes that would have to equal another value, too; these are also in the rest. */
    private final List<String> contradictions = new ArrayList<>();

    private final KeySchema schema;
    private final boolean takesMembership;

    private Split(KeySchema schema, boolean takesMembership) {
      this.schema = schema;
      this.takesMembership = takesMembership;
    }

    /**
     * Splits {@code where}.
     *
     * @param takesMembership whether IN with one value counts as an equality
     */
    static Split of(@Nullable Condition where, KeySchema schema, boolean takesMembership) {
      Split split = new Split(schema, takesMembership);
      if (where != null) {
        split.take(where);
      }
      return split;
    }

    boolean isComplete(KeySchema schema) {
      return key.size() == schema.attributes().size();
    }

    private void take(Condition condition) {
      switch (condition) {
        case Conditions.AllOf(List<Condition> parts) -> parts.forEach(this::take);
        case Conditions.Compare(Comparator comparator, Operand left, Operand right)
            when comparator == Comparator.EQUAL -> {
          if (left instanceof Operand.Literal) {
            takeEquality(condition, right, left);
          } else {
            takeEquality(condition, left, right);
          }
        }
        case Conditions.In(Operand operand, List<Operand> candidates)
            when takesMembership && candidates.size() == 1 ->
            takeEquality(condition, operand, candidates.getFirst());
        case Condition other -> rest.add(other);
      }
    }

    private void takeEquality(Condition condition, Operand attribute, Operand value) {
      if (!(attribute instanceof Operand.OfPath(Path path)
          && path.rest().isEmpty()
          && schema.contains(path.top())
          && value instanceof Operand.Literal(AttributeValue literal))) {
        rest.add(condition);
        return;
      }
      AttributeValue known = key.putIfAbsent(path.top(), literal);
      if (known != null && !known.equals(literal)) {
        contradictions.add(path.top());
        rest.add(condition);
      }
    }
  }
}
