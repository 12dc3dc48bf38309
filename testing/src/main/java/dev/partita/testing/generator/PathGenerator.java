package dev.partita.testing.generator;

import dev.partita.testing.reference.Path;
import dev.partita.testing.reference.Path.Index;
import dev.partita.testing.reference.Path.Name;
import dev.partita.testing.reference.Path.Step;
import java.util.ArrayList;
import java.util.List;

/** Random document paths, mostly into attributes that have such parts. */
final class PathGenerator {

  private final Choices choices;

  PathGenerator(Choices choices) {
    this.choices = choices;
  }

  /** A path to any attribute or below it. */
  Path any() {
    return of(choices.oneOf(Universe.ATTRIBUTES));
  }

  /** A path to that attribute or below it. */
  Path of(String root) {
    boolean document = root.equals("d") || root.equals("e");
    if (!choices.percent(document ? 70 : 4)) {
      return Path.of(root);
    }
    return nested(root);
  }

  /** A path below that attribute. */
  Path nested(String root) {
    List<Step> steps = new ArrayList<>();
    boolean list = choices.percent(5) != root.equals("e");
    do {
      if (list) {
        steps.add(new Index(choices.percent(85) ? choices.below(4) : choices.below(50)));
        list = choices.percent(30);
      } else {
        String name = choices.oneOf(Universe.MEMBERS);
        steps.add(new Name(name));
        list = name.equals("y");
      }
    } while (steps.size() < 3 && choices.percent(20));
    return new Path(root, steps);
  }

  /** The name that tells which type the value at the path mostly has. */
  String leaf(Path path) {
    if (path.steps().isEmpty()) {
      return path.root();
    }
    return path.steps().getLast() instanceof Name name ? name.name() : "x";
  }
}
