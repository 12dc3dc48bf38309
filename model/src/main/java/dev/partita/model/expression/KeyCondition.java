package dev.partita.model.expression;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.api.ComparisonOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bound KeyConditionExpression or KeyConditions, not yet checked against a key. Immutable. */
public final class KeyCondition {
  private final @Nullable Condition expression;
  private final Map<String, KeyTerm> legacy;

  private KeyCondition(@Nullable Condition expression, Map<String, KeyTerm> legacy) {
    this.expression = expression;
    this.legacy = legacy;
  }

  static KeyCondition ofExpression(Condition condition) {
    return new KeyCondition(condition, Map.of());
  }

  static KeyCondition ofTerms(Map<String, KeyTerm> terms) {
    return new KeyCondition(null, terms);
  }

  /**
   * What it selects by the key of a table or index.
   *
   * @throws ExpressionException with AWS's text if it does not fit the key
   */
  public KeySelection resolve(KeySchema schema) {
    Map<String, KeyTerm> terms = expression == null ? legacy : KeyTerms.of(expression);
    List<KeyAttribute> partitionKeys = schema.partitionKeys();
    List<KeyAttribute> sortKeys = schema.sortKeys();
    if (terms.isEmpty() || terms.size() > Math.max(2, partitionKeys.size() + sortKeys.size())) {
      throw new ExpressionException("Conditions can be of length 1 or 2 only");
    }
    if (terms.size() > partitionKeys.size() + sortKeys.size()) {
      throw notSupported();
    }
    List<AttributeValue> partition = new ArrayList<>(partitionKeys.size());
    for (KeyAttribute attribute : partitionKeys) {
      KeyTerm term = terms.get(attribute.name());
      if (term == null) {
        throw partitionKeys.size() == 1 ? missed(attribute) : notAllEqual(attribute);
      }
      checkTerm(attribute, term);
      if (term.operator() != ComparisonOperator.EQ) {
        throw partitionKeys.size() == 1 ? notSupported() : notAllEqual(attribute);
      }
      partition.add(term.values().getFirst());
    }
    return withSortKeys(partition, sortKeys, terms, terms.size() - partitionKeys.size());
  }

  /** Sort keys are conditioned from left to right: all but the last by equality. */
  private static KeySelection withSortKeys(
      List<AttributeValue> partition,
      List<KeyAttribute> sortKeys,
      Map<String, KeyTerm> terms,
      int conditioned) {
    List<AttributeValue> prefix = new ArrayList<>();
    SortKeyCondition last = null;
    for (int index = 0; index < conditioned; index++) {
      KeyAttribute attribute = sortKeys.get(index);
      KeyTerm term = terms.get(attribute.name());
      if (term == null) {
        throw sortKeys.size() == 1 ? missed(attribute) : notFromLeftToRight(attribute);
      }
      checkTerm(attribute, term);
      if (index == conditioned - 1) {
        last = condition(term);
      } else if (term.operator() == ComparisonOperator.EQ) {
        prefix.add(term.values().getFirst());
      } else {
        throw notFromLeftToRight(attribute);
      }
    }
    return new KeySelection(partition, prefix, last);
  }

  private static ExpressionException notAllEqual(KeyAttribute attribute) {
    return new ExpressionException(
        "Query key condition not supported: all HASH key attributes of the index need an equality"
            + " condition: "
            + attribute.name());
  }

  private static ExpressionException notFromLeftToRight(KeyAttribute attribute) {
    return new ExpressionException(
        "Query key condition not supported: RANGE key attributes are conditioned from left to"
            + " right, all but the last by equality: "
            + attribute.name());
  }

  private static SortKeyCondition condition(KeyTerm term) {
    AttributeValue value = term.values().getFirst();
    return switch (term.operator()) {
      case EQ -> new SortKeyCondition.Equal(value);
      case LT -> new SortKeyCondition.Less(value);
      case LE -> new SortKeyCondition.LessOrEqual(value);
      case GT -> new SortKeyCondition.Greater(value);
      case GE -> new SortKeyCondition.GreaterOrEqual(value);
      case BETWEEN -> new SortKeyCondition.Between(value, term.values().get(1));
      case BEGINS_WITH -> new SortKeyCondition.BeginsWith(value);
      case NE, IN, NOT_NULL, NULL, CONTAINS, NOT_CONTAINS -> throw notIndexable();
    };
  }

  private static void checkTerm(KeyAttribute attribute, KeyTerm term) {
    switch (term.operator()) {
      case NE, IN, NOT_NULL, NULL, CONTAINS, NOT_CONTAINS -> throw notIndexable();
      case EQ, LT, LE, GT, GE, BETWEEN, BEGINS_WITH -> {}
    }
    for (AttributeValue value : term.values()) {
      if (value.type() != attribute.type()) {
        throw new ExpressionException(
            "One or more parameter values were invalid: Condition parameter type does not match"
                + " schema type");
      }
      checkNotEmpty(attribute, value);
    }
    if (term.operator() == ComparisonOperator.BEGINS_WITH && attribute.type() == AttributeType.N) {
      throw notSupported();
    }
  }

  /** Key values are not empty. */
  static void checkNotEmpty(KeyAttribute attribute, AttributeValue value) {
    boolean emptyString =
        value instanceof AttributeValue.StringValue text && text.value().isEmpty();
    boolean emptyBinary =
        value instanceof AttributeValue.BinaryValue bytes && bytes.value().size() == 0;
    if (emptyString || emptyBinary) {
      throw new ExpressionException(
          "One or more parameter values are not valid. The AttributeValue for a key attribute"
              + " cannot contain an empty "
              + (emptyString ? "string" : "binary")
              + " value. Key: "
              + attribute.name());
    }
  }

  private static ExpressionException missed(KeyAttribute attribute) {
    return new ExpressionException(
        "Query condition missed key schema element: " + attribute.name());
  }

  private static ExpressionException notSupported() {
    return new ExpressionException("Query key condition not supported");
  }

  private static ExpressionException notIndexable() {
    return new ExpressionException(
        "Attempted conditional constraint is not an indexable operation");
  }
}
