package dev.partita.testing.reference;

import dev.partita.testing.reference.Path.Index;
import dev.partita.testing.reference.Path.Name;
import dev.partita.testing.reference.Path.Step;
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
import dev.partita.testing.reference.Value.ListValue;
import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.Value.NumberValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an update makes of an item. Everything is read from the item as it was. */
final class UpdateEvaluator {

  static final String INVALID_PATH =
      "The document path provided in the update expression is invalid for update";
  static final String MISSING_OPERAND =
      "The provided expression refers to an attribute that does not exist in the item";
  static final String WRONG_OPERAND =
      "An operand in the update expression has an incorrect data type";

  private final Mutation mutation;
  private final SetArithmetic arithmetic;

  UpdateEvaluator(Mutation mutation) {
    this.mutation = mutation;
    this.arithmetic = new SetArithmetic(mutation);
  }

  /** A place in the item and what it is to hold; nothing if it is to be removed. */
  private record Change(Path target, Optional<Value> value) {}

  /**
   * The item after the update; empty if the item is missing and stays so.
   *
   * @param old the item as it was, if it was there
   * @param key the item's key
   */
  Optional<MapValue> apply(Optional<MapValue> old, MapValue key, Update update) {
    MapValue before = old.orElse(key);
    return switch (update) {
      case Update.Touch touch -> Optional.of(before);
      case Update.Attributes attributes -> {
        boolean onlyDeletes =
            !attributes.updates().isEmpty()
                && attributes.updates().values().stream()
                    .allMatch(u -> u.action() == Update.Action.DELETE);
        MapValue after = before;
        for (var entry : attributes.updates().entrySet()) {
          after = apply(after, entry.getKey(), entry.getValue());
        }
        yield created(old, onlyDeletes) ? Optional.of(after) : Optional.empty();
      }
      case Update.Expression expression -> apply(old, key, expression.expression());
    };
  }

  /** Removing alone does not create an item. */
  private boolean created(Optional<MapValue> old, boolean onlyRemoves) {
    return old.isPresent() || !onlyRemoves || mutation == Mutation.REMOVE_CREATES_ITEM;
  }

  private MapValue apply(MapValue item, String name, Update.AttributeUpdate update) {
    Optional<Value> changed =
        switch (update.action()) {
          case PUT -> update.value();
          case ADD -> Optional.of(add(item.member(name), update.value().orElseThrow(), true));
          case DELETE -> {
            if (update.value().isEmpty()) {
              yield Optional.empty();
            }
            yield delete(item.member(name), update.value().get());
          }
        };
    return changed.isPresent() ? item.with(name, changed.get()) : item.without(name);
  }

  private Optional<MapValue> apply(
      Optional<MapValue> old, MapValue key, UpdateExpression expression) {
    boolean onlyRemoves = expression.sets().isEmpty() && expression.adds().isEmpty();
    if (old.isEmpty()) {
      checkForMissingItem(key, expression, onlyRemoves);
      if (onlyRemoves) {
        return created(old, true) ? Optional.of(key) : Optional.empty();
      }
    }
    MapValue before = old.orElse(key);
    Checks checks = new Checks();
    List<Change> changes = new ArrayList<>();
    MapValue visible = before;
    for (Assignment set : expression.sets()) {
      MapValue seen = visible;
      checks.check(() -> checkTarget(before, set.target()));
      int planned = changes.size();
      checks.check(() -> changes.add(new Change(set.target(), Optional.of(assigned(seen, set)))));
      if (mutation == Mutation.SET_READS_NEW_VALUES
          && changes.size() > planned
          && set.target().steps().isEmpty()) {
        visible = seen.with(set.target().root(), changes.getLast().value().orElseThrow());
      }
    }
    for (Path remove : expression.removes()) {
      checks.check(() -> checkTarget(before, remove));
      changes.add(new Change(remove, Optional.empty()));
    }
    for (SetAction add : expression.adds()) {
      checks.check(() -> checkTarget(before, add.target()));
      checkNoAppend(before, add.target());
      Optional<Value> present = Paths.find(before, add.target());
      checks.check(() ->
          changes.add(new Change(add.target(), Optional.of(add(present, add.operand(), false)))));
    }
    for (SetAction delete : expression.deletes()) {
      if (!isValidTarget(before, delete.target())) {
        throw new UndecidedException("DELETE from a set at an invalid path");
      }
      checkNoAppend(before, delete.target());
      Optional<Value> present = Paths.find(before, delete.target());
      checks.check(
          () -> changes.add(new Change(delete.target(), delete(present, delete.operand()))));
      refuseToEmptyInsideList(changes, delete.target());
    }
    checks.finish();
    return Optional.of(rebuild(before, changes));
  }

  private static void checkForMissingItem(
      MapValue key, UpdateExpression expression, boolean onlyRemoves) {
    boolean nestedRemove = expression.removes().stream().anyMatch(p -> !p.steps().isEmpty());
    boolean nestedDelete =
        expression.deletes().stream().anyMatch(d -> !d.target().steps().isEmpty());
    if (nestedDelete || (nestedRemove && !onlyRemoves)) {
      throw new UndecidedException("nested paths removed from a missing item");
    }
    if (expression.sets().stream().anyMatch(set -> reads(set.value(), key))) {
      throw new UndecidedException("key attributes read from a missing item");
    }
  }

  private static boolean reads(Assigned assigned, MapValue key) {
    return switch (assigned) {
      case Plus plus -> reads(plus.left(), key) || reads(plus.right(), key);
      case Minus minus -> reads(minus.left(), key) || reads(minus.right(), key);
      case Copy copy -> key.members().containsKey(copy.path().root());
      case Given given -> false;
      case IfNotExists function ->
          key.members().containsKey(function.path().root()) || reads(function.otherwise(), key);
      case ListAppend append -> reads(append.head(), key) || reads(append.tail(), key);
    };
  }

  /** The last element of a set inside a list: does the list shrink? */
  private static void refuseToEmptyInsideList(List<Change> changes, Path target) {
    if (!changes.isEmpty()
        && changes.getLast().target().equals(target)
        && changes.getLast().value().isEmpty()
        && !target.steps().isEmpty()
        && target.steps().getLast() instanceof Index) {
      throw new UndecidedException("a set inside a list loses its last element");
    }
  }

  private static void checkNoAppend(MapValue item, Path target) {
    if (!target.steps().isEmpty()
        && target.steps().getLast() instanceof Index
        && Paths.find(item, target).isEmpty()) {
      throw new UndecidedException("ADD or DELETE past the end of a list");
    }
  }

  private static void checkTarget(MapValue item, Path target) {
    if (!isValidTarget(item, target)) {
      throw RefusedException.validation(INVALID_PATH);
    }
  }

  /** The parent must be there and be a map or a list, as the last step demands. */
  private static boolean isValidTarget(MapValue item, Path target) {
    if (target.steps().isEmpty()) {
      return true;
    }
    int last = target.steps().size() - 1;
    Optional<Value> parent =
        Paths.find(item, new Path(target.root(), target.steps().subList(0, last)));
    return switch (target.steps().get(last)) {
      case Name name -> parent.filter(MapValue.class::isInstance).isPresent();
      case Index index -> parent.filter(ListValue.class::isInstance).isPresent();
    };
  }

  private Value assigned(MapValue item, Assignment set) {
    return switch (set.value()) {
      case Plus plus -> {
        List<BigDecimal> summands = numbers(item, plus.left(), plus.right());
        yield arithmetic.sum(summands.get(0), summands.get(1));
      }
      case Minus minus -> {
        List<BigDecimal> summands = numbers(item, minus.left(), minus.right());
        yield arithmetic.sum(summands.get(0), summands.get(1).negate());
      }
      case Term term -> term(item, term);
    };
  }

  private static List<BigDecimal> numbers(MapValue item, Term left, Term right) {
    Checks checks = new Checks();
    List<BigDecimal> numbers = new ArrayList<>();
    checks.check(() -> numbers.add(number(term(item, left))));
    checks.check(() -> numbers.add(number(term(item, right))));
    checks.finish();
    return numbers;
  }

  private static BigDecimal number(Value value) {
    if (value instanceof NumberValue number) {
      return number.number();
    }
    throw RefusedException.validation(WRONG_OPERAND);
  }

  private static ListValue list(Value value) {
    if (value instanceof ListValue list) {
      return list;
    }
    throw RefusedException.validation(WRONG_OPERAND);
  }

  private static Value term(MapValue item, Term term) {
    return switch (term) {
      case Given given -> given.value();
      case Copy copy ->
          Paths.find(item, copy.path())
              .orElseThrow(() -> RefusedException.validation(MISSING_OPERAND));
      case IfNotExists function ->
          Paths.find(item, function.path()).orElseGet(() -> term(item, function.otherwise()));
      case ListAppend append -> {
        Checks checks = new Checks();
        List<Value> elements = new ArrayList<>();
        checks.check(() -> elements.addAll(list(term(item, append.head())).elements()));
        checks.check(() -> elements.addAll(list(term(item, append.tail())).elements()));
        checks.finish();
        yield new ListValue(elements);
      }
    };
  }

  private Value add(Optional<Value> present, Value operand, boolean legacy) {
    return present
        .map(value -> arithmetic.add(value, operand, legacy ? "" : WRONG_OPERAND))
        .orElse(operand);
  }

  private Optional<Value> delete(Optional<Value> present, Value operand) {
    return present.flatMap(value -> arithmetic.delete(value, operand));
  }

  private MapValue rebuild(MapValue item, List<Change> changes) {
    MapValue rebuilt = item;
    for (String root : changes.stream().map(c -> c.target().root()).distinct().toList()) {
      List<Below> below =
          changes.stream()
              .filter(change -> change.target().root().equals(root))
              .map(change -> new Below(change.target().steps(), change.value()))
              .toList();
      Optional<Value> value = rebuild(item.member(root), below);
      rebuilt = value.isPresent() ? rebuilt.with(root, value.get()) : rebuilt.without(root);
    }
    return rebuilt;
  }

  /** A change at some steps below a value. */
  private record Below(List<Step> steps, Optional<Value> value) {}

  /** The value with all changes below it. No change lies inside another. */
  private Optional<Value> rebuild(Optional<Value> value, List<Below> changes) {
    if (changes.isEmpty()) {
      return value;
    }
    if (changes.getFirst().steps().isEmpty()) {
      return changes.getFirst().value();
    }
    return switch (value.orElseThrow()) {
      case MapValue map -> {
        MapValue rebuilt = map;
        for (Step step : changes.stream().map(c -> c.steps().getFirst()).distinct().toList()) {
          String name = ((Name) step).name();
          Optional<Value> member = rebuild(map.member(name), through(changes, step));
          rebuilt = member.isPresent() ? rebuilt.with(name, member.get()) : rebuilt.without(name);
        }
        yield Optional.of(rebuilt);
      }
      case ListValue list -> Optional.of(rebuild(list, changes));
      case Value other -> throw new IllegalStateException("a path into a " + other.type());
    };
  }

  /** Positions are those before the update; what is set past the end follows in their order. */
  private ListValue rebuild(ListValue list, List<Below> changes) {
    List<Value> elements = new ArrayList<>();
    for (int i = 0; i < list.elements().size(); i++) {
      rebuild(Optional.of(list.elements().get(i)), through(changes, new Index(i)))
          .ifPresent(elements::add);
    }
    changes.stream()
        .filter(change -> ((Index) change.steps().getFirst()).index() >= list.elements().size())
        .filter(change -> mutation != Mutation.SET_PAST_END_DROPPED)
        .sorted((a, b) -> Integer.compare(position(a), position(b)))
        .forEach(change -> change.value().ifPresent(elements::add));
    return new ListValue(elements);
  }

  private static int position(Below change) {
    return ((Index) change.steps().getFirst()).index();
  }

  private static List<Below> through(List<Below> changes, Step step) {
    return changes.stream()
        .filter(change -> change.steps().getFirst().equals(step))
        .map(c -> new Below(c.steps().subList(1, c.steps().size()), c.value()))
        .toList();
  }
}
