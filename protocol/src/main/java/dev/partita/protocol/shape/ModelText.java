package dev.partita.protocol.shape;

import dev.partita.base.Invariant;
import dev.partita.base.InvariantBrokenException;
import dev.partita.protocol.shape.StructureShape.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the text of the reduced model. One line a shape, fields separated by tabs, {@code -} for
 * none; the members of a structure follow it. The build writes it (module protocol-model), so any
 * surprise is a defect.
 */
final class ModelText {
  private static final String FORMAT = "2";

  private final String version;
  private final List<String[]> operations = new ArrayList<>();
  private final Map<String, String[]> lines = new HashMap<>();
  private final Map<String, List<String[]>> members = new HashMap<>();
  private final Map<String, Shape> shapes = new HashMap<>();

  ModelText(String text) {
    String[] all = text.split("\n", -1);
    String[] header = all[0].split("\t", -1);
    Invariant.check(
        header.length == 3 && header[0].equals("partita-api-model") && header[1].equals(FORMAT),
        "The API model has another format");
    version = header[2];
    List<String[]> current = List.of();
    for (int number = 1; number < all.length; number++) {
      if (all[number].isEmpty()) {
        continue;
      }
      String[] fields = all[number].split("\t", -1);
      switch (fields[0]) {
        case "operation" -> operations.add(fields);
        case "member" -> current.add(fields);
        default -> {
          current = new ArrayList<>();
          lines.put(fields[1], fields);
          members.put(fields[1], current);
        }
      }
    }
  }

  ApiModel model() {
    Map<String, ApiModel.Operation> made = new HashMap<>();
    for (String[] fields : operations) {
      Invariant.check(fields.length == 4, "The API model has a broken operation");
      String name = fields[1];
      if (shape(fields[3]) instanceof StructureShape input) {
        made.put(name, new ApiModel.Operation(fields[2] + "." + name, input));
      } else {
        throw new InvariantBrokenException("The input of " + name + " is no structure");
      }
    }
    return new ApiModel(version, made);
  }

  private Shape shape(String name) {
    Shape known = shapes.get(name);
    if (known != null) {
      return known;
    }
    String[] fields = lines.get(name);
    if (fields == null) {
      throw new InvariantBrokenException("The API model lacks the shape " + name);
    }
    Shape made = make(name, fields);
    shapes.put(name, made);
    return made;
  }

  private Shape make(String name, String[] fields) {
    return switch (fields[0]) {
      case "string" -> text(name, fields, false);
      case "table-name" -> text(name, fields, true);
      case "enum" -> {
        List<String> values = List.of(fields).subList(2, fields.length);
        yield new Shape.Enumeration(name, values, Set.copyOf(values));
      }
      case "boolean" -> new Shape.Bool(name);
      case "integer" -> number(name, Shape.Numeric.Kind.INTEGER, fields);
      case "long" -> number(name, Shape.Numeric.Kind.LONG, fields);
      case "double" -> number(name, Shape.Numeric.Kind.DOUBLE, fields);
      case "timestamp" ->
          new Shape.Numeric(
              name, Shape.Numeric.Kind.TIMESTAMP, new Shape.Bounds(Long.MIN_VALUE, Long.MAX_VALUE));
      case "blob" -> new Shape.Blob(name);
      case "list" -> new Shape.Listing(name, shape(fields[2]), bounds(fields, 3));
      case "map" -> {
        if (shape(fields[2]) instanceof Shape.Text key) {
          yield new Shape.Mapping(name, key, shape(fields[3]), bounds(fields, 4));
        }
        throw new InvariantBrokenException("The keys of " + name + " are no strings");
      }
      // The only union, and the only shape that holds itself: it has a reader of its own.
      case "union" -> {
        Invariant.check(name.equals("AttributeValue"), "The API model has an unknown union");
        yield new Shape.Attribute(name);
      }
      case "structure" -> structure(name, fields);
      default -> throw new InvariantBrokenException("The API model has the kind " + fields[0]);
    };
  }

  private StructureShape structure(String name, String[] fields) {
    List<Member> made = new ArrayList<>();
    for (String[] member : members.getOrDefault(name, List.of())) {
      List<String> marks = List.of(member).subList(4, member.length);
      made.add(
          new Member(
              member[1], made.size(), shape(member[2]), member[3].equals("required"), marks));
    }
    return new StructureShape(name, made, List.of(fields).contains("stop-at-first"));
  }

  private static Shape.Text text(String name, String[] fields, boolean tableName) {
    NamePattern pattern = fields[4].equals("-") ? null : new NamePattern(fields[4]);
    return new Shape.Text(name, bounds(fields, 2), pattern, tableName);
  }

  private static Shape.Numeric number(String name, Shape.Numeric.Kind kind, String[] fields) {
    return new Shape.Numeric(name, kind, bounds(fields, 2));
  }

  private static Shape.Bounds bounds(String[] fields, int first) {
    return new Shape.Bounds(
        fields[first].equals("-") ? Long.MIN_VALUE : Long.parseLong(fields[first]),
        fields[first + 1].equals("-") ? Long.MAX_VALUE : Long.parseLong(fields[first + 1]));
  }
}
