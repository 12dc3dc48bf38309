package dev.partita.protocol.binding;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.model.api.ApiException;
import dev.partita.protocol.json.RequestReader;
import dev.partita.protocol.shape.Shape;
import dev.partita.protocol.shape.StructureShape;
import dev.partita.protocol.validation.ConstraintChecker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests made of the API model alone, one for each member, and what the bindings make of them.
 */
final class MemberRequests {
  /** The member that stands for the whole, by structure. */
  private static final Map<String, String> UNIONS =
      Map.of("WriteRequest", "PutRequest", "TransactWriteItem", "Put");

  private final RequestReader reader = new RequestReader();

  /** What became of a request: the typed request, or the message it was refused with. */
  record Outcome(Object requestOrMessage, boolean refused) {}

  /**
   * What becomes of a request with the required members and the one at {@code path}.
   *
   * @param variant 1 or 2: which of two values that member has
   */
  Outcome send(RequestBindings.Operation operation, List<StructureShape.Member> path, int variant) {
    String json = structure(operation.input(), path, variant);
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    RequestReader.Result result = reader.read(body, operation.input());
    try {
      ConstraintChecker.check(result.input());
    } catch (ApiException defect) {
      throw new AssertionError("the test's own request is bad: " + json, defect);
    }
    assertTrue(result.problems().isEmpty(), json);
    try {
      return new Outcome(operation.binding().bind(result.input(), new TableNames()), false);
    } catch (ApiException refused) {
      return new Outcome(refused.error().message(), true);
    }
  }

  /** The way to each member of a request, however deep. */
  static List<List<StructureShape.Member>> paths(StructureShape input) {
    return paths(input, List.of());
  }

  private static List<List<StructureShape.Member>> paths(
      StructureShape shape, List<StructureShape.Member> prefix) {
    List<List<StructureShape.Member>> paths = new ArrayList<>();
    for (StructureShape.Member member : shape.members()) {
      List<StructureShape.Member> path = new ArrayList<>(prefix);
      path.add(member);
      paths.add(path);
      StructureShape nested = nested(member.shape());
      if (nested != null) {
        paths.addAll(paths(nested, path));
      }
    }
    return paths;
  }

  /** The structure in {@code shape}, through lists and maps; null if there is none. */
  static @Nullable StructureShape nested(Shape shape) {
    return switch (shape) {
      case StructureShape structure -> structure;
      case Shape.Listing list -> nested(list.element());
      case Shape.Mapping map -> nested(map.element());
      case Shape.Text ignored -> null;
      case Shape.Enumeration ignored -> null;
      case Shape.Bool ignored -> null;
      case Shape.Numeric ignored -> null;
      case Shape.Blob ignored -> null;
      case Shape.Attribute ignored -> null;
    };
  }

  /** The required members and the first of {@code path}, which leads to the variant. */
  private static String structure(
      StructureShape shape, List<StructureShape.Member> path, int variant) {
    List<String> members = new ArrayList<>();
    // Unions in all but name: one member at a time.
    String only = UNIONS.get(shape.name());
    boolean union = only != null;
    for (StructureShape.Member member : shape.members()) {
      boolean onPath = !path.isEmpty() && path.getFirst().equals(member);
      boolean needed = member.required() || (union && path.isEmpty() && member.name().equals(only));
      if (onPath || (needed && !(union && !path.isEmpty()))) {
        List<StructureShape.Member> rest = onPath ? path.subList(1, path.size()) : List.of();
        boolean here = onPath && rest.isEmpty();
        members.add(
            "\""
                + member.name()
                + "\":"
                + value(member.shape(), rest, here ? variant : 0, onPath ? variant : 0));
      }
    }
    return "{" + String.join(",", members) + "}";
  }

  /**
   * A value of {@code shape}.
   *
   * @param own tells values of this member apart
   * @param below tells values of the member that {@code path} leads to apart
   */
  private static String value(Shape shape, List<StructureShape.Member> path, int own, int below) {
    return switch (shape) {
      case Shape.Text text -> {
        int missing = (int) Math.max(0, Math.max(0, text.length().min()) - 4);
        yield "\"abc" + own + "x".repeat(missing) + "\"";
      }
      case Shape.Enumeration values ->
          "\"" + values.printed().get(Math.clamp(own - 1, 0, values.printed().size() - 1)) + "\"";
      case Shape.Bool ignored -> own == 1 ? "true" : "false";
      case Shape.Numeric numeric -> Long.toString(Math.max(1, numeric.range().min()) + own);
      case Shape.Blob ignored -> own == 1 ? "\"AA==\"" : "\"AQ==\"";
      case Shape.Attribute ignored -> "{\"S\":\"v" + own + "\"}";
      case Shape.Listing list -> "[" + value(list.element(), path, own, below) + "]";
      case Shape.Mapping map ->
          "{\"abc" + own + "\":" + value(map.element(), path, own, below) + "}";
      case StructureShape structure ->
          path.isEmpty() && own > 0
              ? structureVariant(structure, own)
              : structure(structure, path, below);
    };
  }

  /** A structure whose first member that can differ does. */
  private static String structureVariant(StructureShape shape, int variant) {
    for (StructureShape.Member member : shape.members()) {
      if (!hasOneValue(member.shape())) {
        return structure(shape, List.of(member), variant);
      }
    }
    return "{}";
  }

  /** Whether nothing but one value is valid, so that no two requests can differ in it. */
  static boolean hasOneValue(Shape shape) {
    return shape instanceof Shape.Enumeration values && values.printed().size() == 1;
  }
}
