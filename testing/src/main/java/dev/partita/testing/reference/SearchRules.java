package dev.partita.testing.reference;

import dev.partita.testing.reference.Operation.KeyCondition;
import dev.partita.testing.reference.Operation.KeyEquality;
import dev.partita.testing.reference.Operation.ReadOptions;
import dev.partita.testing.reference.Operation.Select;
import dev.partita.testing.reference.Operation.SortCondition;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.Value.MapValue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What AWS refuses in a Query or a Scan. */
final class SearchRules {

  private static final String WRONG_CONDITION_TYPE =
      "One or more parameter values were invalid: Condition parameter type does not match schema"
          + " type";
  private static final String NOT_CONSISTENT =
      "Consistent reads are not supported on global secondary indexes";

  private SearchRules() {}

  /** What Query and Scan share; the caller finishes the checks. */
  static Checks check(
      Source source, ReadOptions options, boolean keyExpression, Mutation mutation) {
    Checks checks = new Checks();
    checks.check(() -> RequestRules.check(options.filter()));
    checks.check(() -> RequestRules.check(options.projection()));
    refuseIf(checks, options.limit().filter(limit -> limit < 1).isPresent());
    refuseIf(checks, mixesEras(options, keyExpression));
    checkSelect(checks, source, options);
    boolean strong =
        options.consistent()
            && source.isGlobal()
            && mutation != Mutation.GLOBAL_INDEX_READ_CONSISTENTLY;
    refuseIf(checks, strong, NOT_CONSISTENT);
    source.index().ifPresent(index -> checkProjected(checks, index, options));
    return checks;
  }

  private static void refuseIf(Checks checks, boolean wrong) {
    refuseIf(checks, wrong, "");
  }

  private static void refuseIf(Checks checks, boolean wrong, String text) {
    if (wrong) {
      checks.check(() -> {
        throw RefusedException.validation(text);
      });
    }
  }

  /**
   * Expressions and the parameters from before them do not go together; KeyConditions alone are
   * free to.
   */
  private static boolean mixesEras(ReadOptions options, boolean keyExpression) {
    boolean legacy =
        options.filter() instanceof Guard.Legacy
            || options.projection() instanceof Projection.Attributes;
    boolean expression =
        keyExpression
            || options.filter() instanceof Guard.Expression
            || options.projection() instanceof Projection.Paths;
    return legacy && expression;
  }

  private static void checkSelect(Checks checks, Source source, ReadOptions options) {
    boolean projects = !(options.projection() instanceof Projection.Everything);
    boolean wrong =
        switch (options.select()) {
          case UNSET -> false;
          case SPECIFIC_ATTRIBUTES -> !projects;
          case ALL_PROJECTED_ATTRIBUTES -> projects || source.index().isEmpty();
          case ALL_ATTRIBUTES, COUNT -> projects;
        };
    refuseIf(checks, wrong);
  }

  /** A global index has only what it projects; a local one fetches the rest from its table. */
  private static void checkProjected(Checks checks, Index index, ReadOptions options) {
    boolean wantsAll = options.select() == Select.ALL_ATTRIBUTES;
    boolean hasAll = index.definition().projection() instanceof IndexDefinition.IndexProjection.All;
    if (index.definition().global()) {
      String notAll =
          "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported"
              + " for global secondary index %s because its projection type is not ALL"
                  .formatted(index.definition().name());
      refuseIf(checks, wantsAll && !hasAll, notAll);
      List<String> missing = missing(index, options);
      if (!missing.isEmpty()) {
        String text =
            ("One or more parameter values were invalid: Global secondary index %s does not"
                    + " project [%s]")
                .formatted(index.definition().name(), missing.getFirst());
        refuseIf(checks, true, missing.size() == 1 ? text : "");
      }
    }
    if (Attributes.of(options.filter()).stream().anyMatch(name -> !index.projects(name))) {
      throw new UndecidedException("a filter on what an index does not project");
    }
  }

  /** The attributes that are asked for and that the index does not hold. */
  static List<String> missing(Index index, ReadOptions options) {
    List<String> wanted =
        switch (options.projection()) {
          case Projection.Everything everything -> List.of();
          case Projection.Paths paths -> paths.paths().stream().map(Path::root).toList();
          case Projection.Attributes attributes -> attributes.names();
        };
    return wanted.stream().filter(name -> !index.projects(name)).distinct().toList();
  }

  /** The condition of a Query: every partition key, and sort keys from the first one on. */
  static void checkKeyCondition(Source source, KeyCondition key) {
    Checks checks = new Checks();
    Set<String> given = new HashSet<>();
    for (KeyEquality equality : key.partition()) {
      given.add(equality.name());
      checks.check(() -> ValueRules.check(equality.value()));
      checks.check(() -> {
        checkConditionType(find(source.partitionKeys(), equality.name()), equality.value());
      });
      if (IndexRules.isEmpty(equality.value())) {
        throw new UndecidedException("a key condition on an empty value");
      }
    }
    boolean complete =
        source.partitionKeys().stream().allMatch(attribute -> given.contains(attribute.name()));
    refuseIf(checks, !complete || given.size() < key.partition().size());
    for (SortCondition sort : key.sort()) {
      checks.check(() -> checkSortCondition(source, sort));
    }
    refuseIf(checks, !isInOrder(source, key.sort()));
    checks.finish();
  }

  private static KeyAttribute find(List<KeyAttribute> attributes, String name) {
    return attributes.stream()
        .filter(attribute -> attribute.name().equals(name))
        .findFirst()
        .orElseThrow(RefusedException::validation);
  }

  /** Sort keys are given from the left, all but the last of them with an equality. */
  private static boolean isInOrder(Source source, List<SortCondition> conditions) {
    List<KeyAttribute> keys = source.sortKeys();
    for (int i = 0; i < conditions.size(); i++) {
      boolean last = i == conditions.size() - 1;
      SortCondition condition = conditions.get(i);
      if (i >= keys.size()
          || !keys.get(i).name().equals(condition.name())
          || (!last && condition.operator() != LegacyCondition.Operator.EQ)) {
        return false;
      }
    }
    return true;
  }

  private static void checkSortCondition(Source source, SortCondition sort) {
    KeyAttribute sortKey = find(source.sortKeys(), sort.name());
    boolean known =
        switch (sort.operator()) {
          case EQ, LT, LE, GT, GE, BETWEEN, BEGINS_WITH -> true;
          case NE, NOT_NULL, NULL, CONTAINS, NOT_CONTAINS, IN -> false;
        };
    if (!known) {
      throw RefusedException.validation();
    }
    Checks checks = new Checks();
    checks.check(() -> RequestRules.check(sort.operator(), sort.operands()));
    for (Value operand : sort.operands()) {
      checks.check(() -> checkConditionType(sortKey, operand));
      if (IndexRules.isEmpty(operand)) {
        throw new UndecidedException("a key condition on an empty value");
      }
    }
    checks.finish();
  }

  private static void checkConditionType(KeyAttribute attribute, Value value) {
    if (!value.type().equals(attribute.type())) {
      throw RefusedException.validation(WRONG_CONDITION_TYPE);
    }
  }

  /** A Query's filter is for what is no key. */
  static void checkFilterHasNoKey(Source source, Guard filter) {
    if (Attributes.of(filter).stream().anyMatch(source::isKey)) {
      throw RefusedException.validation();
    }
  }

  /** ExclusiveStartKey must be a place in the table or index. */
  static void checkStart(Source source, TableDefinition table, MapValue start) {
    if (source.index().isPresent()) {
      KeyRules.checkStartKey(source.startKeyAttributes(), start);
      if (start.members().values().stream().anyMatch(IndexRules::isEmpty)) {
        throw new UndecidedException("an ExclusiveStartKey with an empty value");
      }
      return;
    }
    try {
      KeyRules.checkKey(table, start);
    } catch (RefusedException refused) {
      throw RefusedException.validation();
    }
  }

  /** The partition keys that a Query asks for, in the order of the schema. */
  static List<Value> partition(Source source, KeyCondition key) {
    return source.partitionKeys().stream()
        .map(attribute ->
            key.partition().stream()
                .filter(equality -> equality.name().equals(attribute.name()))
                .findFirst()
                .map(KeyEquality::value)
                .orElseThrow())
        .toList();
  }

  /** Why the place is none at which the Query can begin; the others are known to be. */
  static Optional<RuntimeException> outside(
      Source source, KeyCondition key, MapValue start, ConditionEvaluator conditions) {
    if (source.sortKeys().isEmpty() && source.index().isEmpty()) {
      // Nothing comes after the only item of a collection, and AWS refuses to look.
      return Optional.of(RefusedException.validation());
    }
    if (!source.partition(start).equals(partition(source, key))) {
      return Optional.of(RefusedException.validation());
    }
    boolean matches =
        key.sort().stream()
            .allMatch(sort ->
                conditions.holds(sort.operator(), start.member(sort.name()), sort.operands()));
    return matches
        ? Optional.empty()
        : Optional.of(new UndecidedException("ExclusiveStartKey outside the sort condition"));
  }
}
