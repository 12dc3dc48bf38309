package dev.partita.protocol.model.reduce;

import dev.partita.protocol.model.reduce.ModelDraft.OperationDraft;
import dev.partita.protocol.model.reduce.ShapeDraft.MemberDraft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The differences between AWS and its own model, and what the model lacks altogether: one directive
 * a line, fields separated by blanks, {@code #} before a comment. {@code
 * src/main/overlay/overlay.txt} explains the directives.
 */
final class Overlay {
  private Overlay() {}

  /** Applies every line to {@code model}; fails at the first that does not fit it. */
  static void apply(List<String> lines, ModelDraft model) {
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        applyLine(List.of(line.strip().split("\\s+", -1)), model);
      } catch (IllegalArgumentException | IndexOutOfBoundsException failure) {
        throw new IllegalArgumentException("overlay line " + number + ": " + line, failure);
      }
    }
  }

  private static void applyLine(List<String> words, ModelDraft model) {
    List<String> rest = words.subList(2, words.size());
    switch (words.get(0)) {
      case "define-string" -> define(model, words.get(1), "string", rest);
      case "define-integer" -> define(model, words.get(1), "integer", rest);
      case "define-list" -> {
        ShapeDraft list = define(model, words.get(1), "list", rest.subList(1, 3));
        list.element = model.shape(rest.get(0)).name;
      }
      case "define-enum" -> {
        ShapeDraft values = draft(model, words.get(1), "enum");
        values.values.addAll(rest);
      }
      case "define-structure" -> {
        ShapeDraft structure = draft(model, words.get(1), "structure");
        for (String word : rest) {
          int separator = word.indexOf('=');
          String target = model.shape(word.substring(separator + 1)).name;
          structure.members.add(new MemberDraft(word.substring(0, separator), target, false));
        }
      }
      case "operation" -> {
        String input = model.shape(rest.get(1)).name;
        require(
            model.operations.put(rest.get(0), new OperationDraft(words.get(1), input)) == null,
            "an operation already");
      }
      case "table-name" -> {
        ShapeDraft name = model.shape(words.get(1));
        require(name.kind.equals("string"), "not a string");
        name.kind = "table-name";
        bounds(name, rest);
      }
      case "retarget" -> member(model, words.get(1)).target = model.shape(rest.get(0)).name;
      case "required" -> {
        MemberDraft member = member(model, words.get(1));
        require(!member.required, "required already");
        member.required = true;
      }
      case "length" -> bounds(model.shape(words.get(1)), rest);
      case "enum-order" -> {
        ShapeDraft shape = model.shape(words.get(1));
        require(
            shape.values.size() == rest.size()
                && new HashSet<>(shape.values).equals(new HashSet<>(rest)),
            "not the same values as " + shape.values);
        shape.values = new ArrayList<>(rest);
      }
      case "member-order" -> {
        ShapeDraft shape = model.shape(words.get(1));
        List<MemberDraft> ordered = new ArrayList<>();
        for (String name : rest) {
          ordered.add(shape.member(name));
        }
        shape.members.removeAll(ordered);
        ordered.addAll(shape.members);
        shape.members = ordered;
      }
      case "mark" -> {
        if (words.get(1).contains("$")) {
          member(model, words.get(1)).marks.addAll(rest);
        } else {
          model.shape(words.get(1)).marks.addAll(rest);
        }
      }
      default -> throw new IllegalArgumentException("unknown directive");
    }
  }

  private static ShapeDraft define(
      ModelDraft model, String name, String kind, List<String> bounds) {
    ShapeDraft shape = draft(model, name, kind);
    bounds(shape, bounds);
    return shape;
  }

  private static ShapeDraft draft(ModelDraft model, String name, String kind) {
    require(!model.shapes.containsKey(name), "defined already");
    ShapeDraft shape = new ShapeDraft(name, kind);
    model.shapes.put(name, shape);
    return shape;
  }

  private static void bounds(ShapeDraft shape, List<String> bounds) {
    shape.min = number(bounds.get(0));
    shape.max = number(bounds.get(1));
    if (bounds.size() > 2) {
      shape.pattern = bounds.get(2);
    }
  }

  private static @Nullable Long number(String word) {
    return word.equals("-") ? null : Long.valueOf(word);
  }

  private static MemberDraft member(ModelDraft model, String path) {
    int separator = path.indexOf('$');
    return model.shape(path.substring(0, separator)).member(path.substring(separator + 1));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
