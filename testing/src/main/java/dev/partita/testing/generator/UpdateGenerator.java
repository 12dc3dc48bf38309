package dev.partita.testing.generator;

import dev.partita.testing.reference.Path;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.Update;
import dev.partita.testing.reference.Update.Action;
import dev.partita.testing.reference.Update.AttributeUpdate;
import dev.partita.testing.reference.UpdateExpression;
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
import dev.partita.testing.reference.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Random updates. */
final class UpdateGenerator {

  private final Choices choices;
  private final ValueGenerator values;
  private final PathGenerator paths;

  UpdateGenerator(Choices choices, ValueGenerator values, PathGenerator paths) {
    this.choices = choices;
    this.values = values;
    this.paths = paths;
  }

  /** An update expression of one to four actions; targets overlap only now and then. */
  UpdateExpression expression(TableDefinition table) {
    List<Assignment> sets = new ArrayList<>();
    List<Path> removes = new ArrayList<>();
    List<SetAction> adds = new ArrayList<>();
    List<SetAction> deletes = new ArrayList<>();
    List<Path> targets = new ArrayList<>();
    // Several places in one document, or anything.
    Optional<String> document =
        choices.percent(30) ? Optional.of(choices.percent(60) ? "e" : "d") : Optional.empty();
    if (!Universe.indexKeys(table).isEmpty() && choices.percent(50)) {
      KeyAttribute key = choices.oneOf(Universe.indexKeys(table));
      Path target = Path.of(key.name());
      targets.add(target);
      if (choices.percent(70)) {
        sets.add(new Assignment(target, new Given(values.indexKey(table, key))));
      } else {
        removes.add(target);
      }
    }
    for (int i = choices.between(targets.isEmpty() ? 1 : 0, 4); i > 0; i--) {
      int kind = choices.below(11);
      Path target = target(table, targets, kind, document);
      targets.add(target);
      switch (kind) {
        case 0, 1, 2, 3, 4 -> sets.add(new Assignment(target, assigned(target, sets)));
        case 5, 6, 7 -> removes.add(target);
        case 8 -> adds.add(new SetAction(target, addend(target)));
        default -> deletes.add(new SetAction(target, set(target)));
      }
    }
    return new UpdateExpression(sets, removes, adds, deletes);
  }

  private Path target(
      TableDefinition table, List<Path> taken, int kind, Optional<String> document) {
    if (choices.permille(10)) {
      return Path.of(choices.oneOf(table.keyAttributes()).name());
    }
    if (choices.permille(10) && !taken.isEmpty()) {
      return choices.oneOf(taken);
    }
    for (int attempt = 0; true; attempt++) {
      Path target =
          switch (kind) {
            case 8 -> paths.of(choices.oneOf(List.of("a", "f", "g", "h", "a", "d")));
            case 9, 10 -> Path.of(choices.oneOf(List.of("f", "g", "h")));
            default -> document.map(paths::nested).orElseGet(paths::any);
          };
      if (attempt > 20 || taken.stream().noneMatch(other -> mayCollide(other, target))) {
        return target;
      }
    }
  }

  /** Whether one lies inside the other or they take one place for different things. */
  private boolean mayCollide(Path left, Path right) {
    if (!left.root().equals(right.root())) {
      return false;
    }
    for (int i = 0; i < Math.min(left.steps().size(), right.steps().size()); i++) {
      if (!left.steps().get(i).equals(right.steps().get(i))) {
        return left.steps().get(i).getClass() != right.steps().get(i).getClass();
      }
    }
    return true;
  }

  private Assigned assigned(Path target, List<Assignment> before) {
    if (!before.isEmpty() && choices.percent(20)) {
      // Reads what the same expression writes: it must see the item as it was.
      return new Copy(choices.oneOf(before).target());
    }
    String leaf = paths.leaf(target);
    return switch (leaf) {
      case "a", "x" ->
          switch (choices.below(4)) {
            case 0 -> new Plus(number(), number());
            case 1 -> new Minus(number(), number());
            default -> term(target);
          };
      case "e", "y" -> choices.percent(50) ? new ListAppend(list(), list()) : term(target);
      default -> term(target);
    };
  }

  private Term term(Path target) {
    Value value =
        choices.permille(10) ? values.badNumber() : values.forAttribute(paths.leaf(target));
    Term given = new Given(value);
    return switch (choices.below(10)) {
      case 0 -> new Copy(paths.any());
      case 1, 2 -> new IfNotExists(choices.percent(60) ? target : paths.any(), given);
      default -> given;
    };
  }

  private Term number() {
    Value value = choices.permille(20) ? values.ordered() : values.ofType("N", 0);
    return switch (choices.below(4)) {
      case 0 -> new Copy(choices.percent(80) ? Path.of("a") : paths.nested("d"));
      case 1 -> new IfNotExists(Path.of("a"), new Given(values.ofType("N", 0)));
      default -> new Given(value);
    };
  }

  private Term list() {
    Value value = choices.permille(20) ? values.ordered() : values.ofType("L", 1);
    return switch (choices.below(4)) {
      case 0, 1 -> new Copy(choices.percent(80) ? Path.of("e") : paths.nested("d"));
      case 2 -> new IfNotExists(Path.of("e"), new Given(values.ofType("L", 1)));
      default -> new Given(value);
    };
  }

  private Value addend(Path target) {
    if (choices.permille(40)) {
      return values.any(1);
    }
    return paths.leaf(target).equals("a") || !target.steps().isEmpty()
        ? values.ofType("N", 0)
        : set(target);
  }

  private Value set(Path target) {
    if (choices.permille(20)) {
      return values.any(1);
    }
    return values.ofType(
        switch (paths.leaf(target)) {
          case "f" -> "NS";
          case "g" -> "SS";
          default -> "BS";
        },
        0);
  }

  /** Legacy attribute updates. */
  Update.Attributes attributes(TableDefinition table) {
    SortedMap<String, AttributeUpdate> updates = new TreeMap<>();
    for (int i = choices.between(1, 3); i > 0; i--) {
      String name =
          choices.permille(10)
              ? choices.oneOf(table.keyAttributes()).name()
              : choices.oneOf(Universe.ATTRIBUTES);
      updates.put(name, update(name));
    }
    return new Update.Attributes(updates);
  }

  private AttributeUpdate update(String name) {
    boolean set = List.of("f", "g", "h").contains(name);
    return switch (choices.below(6)) {
      case 0, 1 -> new AttributeUpdate(Action.PUT, Optional.of(values.forAttribute(name)));
      case 2 -> new AttributeUpdate(Action.DELETE, Optional.empty());
      case 3, 4 ->
          set || choices.percent(3)
              ? new AttributeUpdate(Action.DELETE, Optional.of(set(Path.of(name))))
              : new AttributeUpdate(Action.PUT, Optional.of(values.forAttribute(name)));
      default ->
          name.equals("e") && choices.percent(50)
              ? new AttributeUpdate(Action.ADD, Optional.of(values.ofType("L", 1)))
              : new AttributeUpdate(
                  set || name.equals("a") || choices.percent(5) ? Action.ADD : Action.PUT,
                  Optional.of(addend(Path.of(name))));
    };
  }
}
