package dev.partita.protocol.model.reduce;

import dev.partita.protocol.model.reduce.ShapeDraft.MemberDraft;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The operations and the shapes of their inputs. */
final class ModelDraft {
  private static final String TRAIT = "smithy.api#";

  /** The prefix in the header {@code X-Amz-Target}, up to the dot. */
  private static final String DYNAMODB = "DynamoDB_20120810";

  /** Sorted by name. */
  final Map<String, OperationDraft> operations = new TreeMap<>();

  final Map<String, ShapeDraft> shapes = new LinkedHashMap<>();

  /** An operation: what its target begins with, and the shape of its input. */
  record OperationDraft(String targetPrefix, String input) {}

  /** Takes the shapes that the inputs of the service's operations reach. */
  static ModelDraft of(Map<String, Object> smithy) {
    Map<String, Object> sources = JsonTree.object(smithy, "shapes");
    ModelDraft model = new ModelDraft();
    Map<String, Object> service = Map.of();
    for (Object shape : sources.values()) {
      Map<String, Object> candidate = JsonTree.object(shape);
      if ("service".equals(candidate.get("type"))) {
        service = candidate;
      }
    }
    ArrayDeque<String> waiting = new ArrayDeque<>();
    for (Object operation : JsonTree.list(service, "operations")) {
      String id = JsonTree.string(JsonTree.object(operation), "target");
      String input =
          JsonTree.string(JsonTree.object(JsonTree.object(sources, id), "input"), "target");
      model.operations.put(localName(id), new OperationDraft(DYNAMODB, localName(input)));
      waiting.add(input);
    }
    Set<String> seen = new LinkedHashSet<>(waiting);
    while (!waiting.isEmpty()) {
      String id = waiting.remove();
      Map<String, Object> source = JsonTree.object(sources, id);
      ShapeDraft shape = source.isEmpty() ? prelude(id) : shape(id, source);
      model.shapes.put(shape.name, shape);
      for (String target : targetIds(source)) {
        if (seen.add(target)) {
          waiting.add(target);
        }
      }
    }
    return model;
  }

  /** The shape {@code name}; fails if there is none. */
  ShapeDraft shape(String name) {
    ShapeDraft shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalArgumentException("no shape " + name);
    }
    return shape;
  }

  /** The text that the protocol loads; shapes that nothing refers to any more are left out. */
  String text(String version) {
    StringBuilder out = new StringBuilder("partita-api-model\t2\t" + version + "\n");
    ArrayDeque<String> waiting = new ArrayDeque<>();
    operations.forEach((name, operation) -> {
      out.append("operation\t").append(name).append('\t').append(operation.targetPrefix());
      out.append('\t').append(operation.input()).append('\n');
      waiting.add(operation.input());
    });
    Set<String> seen = new LinkedHashSet<>(waiting);
    while (!waiting.isEmpty()) {
      ShapeDraft shape = shape(waiting.remove());
      shape.write(out);
      for (String target : shape.targets()) {
        if (seen.add(target)) {
          waiting.add(target);
        }
      }
    }
    return out.toString();
  }

  private static List<String> targetIds(Map<String, Object> source) {
    if ("enum".equals(source.get("type"))) {
      return List.of();
    }
    LinkedHashSet<String> ids = new LinkedHashSet<>();
    for (String role : List.of("member", "key", "value")) {
      if (source.containsKey(role)) {
        ids.add(JsonTree.string(JsonTree.object(source, role), "target"));
      }
    }
    for (Object member : JsonTree.object(source, "members").values()) {
      ids.add(JsonTree.string(JsonTree.object(member), "target"));
    }
    return List.copyOf(ids);
  }

  private static ShapeDraft shape(String id, Map<String, Object> source) {
    ShapeDraft shape = new ShapeDraft(localName(id), JsonTree.string(source, "type"));
    Map<String, Object> traits = JsonTree.object(source, "traits");
    bounds(shape, JsonTree.object(traits, TRAIT + "length"));
    bounds(shape, JsonTree.object(traits, TRAIT + "range"));
    if (traits.get(TRAIT + "pattern") instanceof String pattern) {
      shape.pattern = pattern;
    }
    if (source.containsKey("member")) {
      shape.element = targetName(JsonTree.object(source, "member"));
    }
    if (source.containsKey("key")) {
      shape.key = targetName(JsonTree.object(source, "key"));
      shape.element = targetName(JsonTree.object(source, "value"));
    }
    for (Map.Entry<String, Object> entry : JsonTree.object(source, "members").entrySet()) {
      Map<String, Object> member = JsonTree.object(entry.getValue());
      Map<String, Object> memberTraits = JsonTree.object(member, "traits");
      if (shape.kind.equals("enum")) {
        shape.values.add(
            memberTraits.get(TRAIT + "enumValue") instanceof String value ? value : entry.getKey());
      } else {
        boolean required = memberTraits.containsKey(TRAIT + "required");
        shape.members.add(new MemberDraft(entry.getKey(), targetName(member), required));
      }
    }
    return shape;
  }

  private static void bounds(ShapeDraft shape, Map<String, Object> bounds) {
    if (bounds.get("min") instanceof Long min) {
      shape.min = min;
    }
    if (bounds.get("max") instanceof Long max) {
      shape.max = max;
    }
  }

  /** A shape of Smithy's own, such as {@code smithy.api#String}. */
  private static ShapeDraft prelude(String id) {
    String name = localName(id);
    return switch (name) {
      case "String" -> new ShapeDraft(name, "string");
      case "Boolean", "PrimitiveBoolean" -> new ShapeDraft(name, "boolean");
      case "Integer", "PrimitiveInteger" -> new ShapeDraft(name, "integer");
      case "Long", "PrimitiveLong" -> new ShapeDraft(name, "long");
      case "Double", "PrimitiveDouble" -> new ShapeDraft(name, "double");
      case "Timestamp" -> new ShapeDraft(name, "timestamp");
      case "Blob" -> new ShapeDraft(name, "blob");
      default -> throw new IllegalArgumentException("unknown shape " + id);
    };
  }

  private static String targetName(Map<String, Object> reference) {
    return localName(JsonTree.string(reference, "target"));
  }

  private static String localName(String id) {
    return id.substring(id.indexOf('#') + 1);
  }
}
