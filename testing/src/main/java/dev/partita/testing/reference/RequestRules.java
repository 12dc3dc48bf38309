package dev.partita.testing.reference;

import dev.partita.testing.reference.LegacyCondition.Compares;
import dev.partita.testing.reference.LegacyCondition.DoesNotExist;
import dev.partita.testing.reference.LegacyCondition.HasValue;
import dev.partita.testing.reference.UpdateExpression.Assigned;
import dev.partita.testing.reference.UpdateExpression.Assignment;
import dev.partita.testing.reference.UpdateExpression.Copy;
import dev.partita.testing.reference.UpdateExpression.Given;
import dev.partita.testing.reference.UpdateExpression.IfNotExists;
import dev.partita.testing.reference.UpdateExpression.ListAppend;
import dev.partita.testing.reference.UpdateExpression.Minus;
import dev.partita.testing.reference.UpdateExpression.Plus;
import dev.partita.testing.reference.UpdateExpression.SetAction;
import dev.partita.testing.reference.UpdateExpression.Term;
import dev.partita.testing.reference.Value.BinaryValue;
import dev.partita.testing.reference.Value.ListValue;
import dev.partita.testing.reference.Value.NumberValue;
import dev.partita.testing.reference.Value.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What AWS refuses in expressions and legacy parameters without looking at an item. */
final class RequestRules {

  private static final Set<String> TYPES =
      Set.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");

  private RequestRules() {}

  static void check(Guard guard) {
    switch (guard) {
      case Guard.Always always -> {}
      case Guard.Expression expression -> check(expression.condition());
      case Guard.Legacy legacy -> legacy.conditions().forEach(RequestRules::check);
    }
  }

  private static void refuseIf(boolean wrong) {
    if (wrong) {
      throw RefusedException.validation();
    }
  }

  /** A value in an expression or a legacy parameter; AWS words its errors in other ways there. */
  private static void checkValue(Value value) {
    try {
      ValueRules.check(value);
    } catch (RefusedException refused) {
      throw RefusedException.validation();
    }
  }

  private static void check(Condition condition) {
    switch (condition) {
      case Condition.Comparison comparison -> {
        checkDistinct(comparison.left(), List.of(comparison.right()));
        boolean ordered =
            switch (comparison.comparator()) {
              case EQUAL, NOT_EQUAL -> false;
              case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
            };
        checkOperand(comparison.left(), ordered);
        checkOperand(comparison.right(), ordered);
      }
      case Condition.Between between -> {
        checkDistinctIsDecided(between.operand(), List.of(between.low(), between.high()));
        checkOperand(between.operand(), true);
        checkOperand(between.low(), true);
        checkOperand(between.high(), true);
        if (between.low() instanceof Operand.Constant low
            && between.high() instanceof Operand.Constant high) {
          checkBounds(low.value(), high.value());
        }
      }
      case Condition.In in -> {
        checkDistinctIsDecided(in.operand(), in.candidates());
        checkOperand(in.operand(), false);
        in.candidates().forEach(candidate -> checkOperand(candidate, false));
      }
      case Condition.AttributeExists exists -> {}
      case Condition.AttributeNotExists exists -> {}
      case Condition.AttributeType type -> refuseIf(!TYPES.contains(type.type()));
      case Condition.BeginsWith begins -> {
        checkDistinct(begins.operand(), List.of(begins.prefix()));
        checkPrefix(begins.operand());
        checkPrefix(begins.prefix());
      }
      case Condition.Contains contains -> {
        checkDistinct(contains.operand(), List.of(contains.part()));
        checkOperand(contains.operand(), false);
        checkOperand(contains.part(), false);
      }
      case Condition.And and -> {
        check(and.left());
        check(and.right());
      }
      case Condition.Or or -> {
        check(or.left());
        check(or.right());
      }
      case Condition.Not not -> check(not.condition());
    }
  }

  /** "The first operand must be distinct from the remaining operands". */
  private static void checkDistinct(Operand first, List<Operand> others) {
    refuseIf(others.contains(first));
  }

  private static void checkDistinctIsDecided(Operand first, List<Operand> others) {
    if (others.contains(first)) {
      throw new UndecidedException("the same operand twice in BETWEEN or IN");
    }
  }

  private static void checkOperand(Operand operand, boolean ordered) {
    if (operand instanceof Operand.Constant constant) {
      checkValue(constant.value());
      refuseIf(ordered && !ValueOrder.ordered(constant.value()));
    }
  }

  private static void checkPrefix(Operand operand) {
    if (operand instanceof Operand.Constant constant) {
      refuseIf(!isText(constant.value()));
    }
  }

  private static boolean isText(Value value) {
    return value instanceof StringValue || value instanceof BinaryValue;
  }

  /** Bounds of a BETWEEN, both from the request: of one type and in order. */
  static void checkBounds(Value low, Value high) {
    refuseIf(new ValueOrder(Mutation.NONE).compare(low, high).orElse(1) > 0);
  }

  private static void check(LegacyCondition condition) {
    switch (condition.test()) {
      case DoesNotExist none -> {}
      case HasValue expected -> checkValue(expected.value());
      case Compares compares -> check(compares.operator(), compares.values());
    }
  }

  /** Number and types of the operands of a legacy comparison. */
  static void check(LegacyCondition.Operator operator, List<Value> values) {
    values.forEach(RequestRules::checkValue);
    int operandsMin =
        switch (operator) {
          case NULL, NOT_NULL -> 0;
          case BETWEEN -> 2;
          case EQ, NE, LE, LT, GE, GT, CONTAINS, NOT_CONTAINS, BEGINS_WITH, IN -> 1;
        };
    int operandsMax = operator == LegacyCondition.Operator.IN ? 100 : operandsMin;
    refuseIf(values.size() < operandsMin || values.size() > operandsMax);
    switch (operator) {
      case EQ, NE, NULL, NOT_NULL -> {}
      case LE, LT, GE, GT, CONTAINS, NOT_CONTAINS ->
          refuseIf(!ValueOrder.ordered(values.getFirst()));
      case BEGINS_WITH -> refuseIf(!isText(values.getFirst()));
      case BETWEEN -> checkBounds(values.get(0), values.get(1));
      case IN -> {
        refuseIf(!values.stream().allMatch(ValueOrder::ordered));
        refuseIf(values.stream().map(Value::type).distinct().count() > 1);
      }
    }
  }

  static void check(Projection projection) {
    switch (projection) {
      case Projection.Everything everything -> {}
      case Projection.Paths paths -> checkPaths(paths.paths());
      case Projection.Attributes attributes ->
          refuseIf(Set.copyOf(attributes.names()).size() < attributes.names().size());
    }
  }

  /** No path may lie inside another, and none may take for a list what another takes for a map. */
  private static void checkPaths(List<Path> paths) {
    for (int i = 0; i < paths.size(); i++) {
      for (int j = 0; j < i; j++) {
        refuseIf(paths.get(i).overlaps(paths.get(j)) || paths.get(i).conflicts(paths.get(j)));
      }
    }
  }

  static void check(Update update, TableDefinition table) {
    switch (update) {
      case Update.Touch touch -> {}
      case Update.Expression expression -> {
        Checks checks = new Checks();
        checks.check(() -> checkPaths(targets(expression.expression())));
        for (Path target : targets(expression.expression())) {
          checks.check(() -> checkNotKey(target.root(), table));
        }
        checks.check(() -> check(expression.expression()));
        checks.finish();
      }
      case Update.Attributes attributes -> {
        Checks checks = new Checks();
        attributes
            .updates()
            .forEach((name, attributeUpdate) -> {
              checks.check(() -> checkNotKey(name, table));
              checks.check(() -> check(attributeUpdate));
            });
        checks.finish();
      }
    }
  }

  private static void checkNotKey(String attribute, TableDefinition table) {
    if (table.isKey(attribute)) {
      throw RefusedException.validation(
          "One or more parameter values were invalid: Cannot update attribute "
              + attribute
              + ". This attribute is part of the key");
    }
  }

  private static void check(Update.AttributeUpdate update) {
    update.value().ifPresent(RequestRules::checkValue);
    switch (update.action()) {
      case PUT -> refuseIf(update.value().isEmpty());
      case ADD ->
          refuseIf(
              update.value().filter(v -> isNumberOrSet(v) || v instanceof ListValue).isEmpty());
      case DELETE -> refuseIf(update.value().filter(v -> !isSet(v)).isPresent());
    }
  }

  private static boolean isSet(Value value) {
    return value.type().length() == 2;
  }

  private static boolean isNumberOrSet(Value value) {
    return value instanceof NumberValue || isSet(value);
  }

  /** The targets of all sections. */
  static List<Path> targets(UpdateExpression expression) {
    List<Path> targets = new ArrayList<>();
    expression.sets().stream().map(Assignment::target).forEach(targets::add);
    targets.addAll(expression.removes());
    expression.adds().stream().map(SetAction::target).forEach(targets::add);
    expression.deletes().stream().map(SetAction::target).forEach(targets::add);
    return targets;
  }

  private static void check(UpdateExpression expression) {
    for (Assignment assignment : expression.sets()) {
      check(assignment.value());
    }
    for (SetAction action : expression.adds()) {
      checkValue(action.operand());
      refuseIf(!isNumberOrSet(action.operand()));
    }
    for (SetAction action : expression.deletes()) {
      checkValue(action.operand());
      refuseIf(!isSet(action.operand()));
    }
  }

  private static void check(Assigned assigned) {
    switch (assigned) {
      case Plus plus -> {
        checkGiven(plus.left(), NumberValue.class);
        checkGiven(plus.right(), NumberValue.class);
      }
      case Minus minus -> {
        checkGiven(minus.left(), NumberValue.class);
        checkGiven(minus.right(), NumberValue.class);
      }
      case ListAppend append -> {
        checkGiven(append.head(), ListValue.class);
        checkGiven(append.tail(), ListValue.class);
      }
      case IfNotExists function -> check(function.otherwise());
      case Given given -> checkValue(given.value());
      case Copy copy -> {}
    }
  }

  /** A value from the request must have the type that its operator takes. */
  private static void checkGiven(Term term, Class<? extends Value> type) {
    check(term);
    if (term instanceof Given given) {
      refuseIf(!type.isInstance(given.value()));
    } else if (term instanceof IfNotExists function
        && function.otherwise() instanceof Given given
        && !type.isInstance(given.value())) {
      throw new UndecidedException("whether a default of the wrong type is refused at once");
    }
  }
}
