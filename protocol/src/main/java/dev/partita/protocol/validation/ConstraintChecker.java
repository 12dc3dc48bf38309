package dev.partita.protocol.validation;

import dev.partita.model.api.ApiException;
import dev.partita.protocol.json.StructureValue;
import dev.partita.protocol.shape.NamePattern;
import dev.partita.protocol.shape.Shape;
import dev.partita.protocol.shape.StructureShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds a request against the constraints of the API model and reports all violations together, at
 * most {@value #VIOLATIONS_MAX}, as AWS does.
 */
public final class ConstraintChecker {
  private static final int VIOLATIONS_MAX = 10;
  private static final String ARN = "arn:";
  private static final int ARN_LENGTH_MAX = 1024;

  private final List<String> violations = new ArrayList<>();

  private ConstraintChecker() {}

  /**
   * Returns if {@code input} is within every constraint.
   *
   * @throws ApiException a ValidationException with every violation
   */
  public static void check(StructureValue input) {
    if (input.shape().constrained()) {
      new ConstraintChecker().request(input);
    }
  }

  private void request(StructureValue input) {
    StructureShape shape = input.shape();
    for (StructureShape.Member member : shape.members()) {
      if (member.parameter()) {
        parameter(member, input.get(member.index()));
      }
      if (member.alone()) {
        member(member, input.get(member.index()), "");
        report();
      }
    }
    structure(input, "");
    report();
  }

  private void report() {
    if (!violations.isEmpty()) {
      throw ApiException.validation(
          violations.size()
              + (violations.size() == 1 ? " validation error" : " validation errors")
              + " detected: "
              + String.join("; ", violations));
    }
  }

  /** A member whose absence and length AWS words in its own way. */
  private static void parameter(StructureShape.Member member, @Nullable Object value) {
    if (value == null) {
      throw ApiException.validation(
          "The parameter '" + member.name() + "' is required but was not present in the request");
    }
    if (value instanceof String text
        && member.shape() instanceof Shape.Text shape
        && !isArn(shape, text)
        && !shape.length().contains(text.length())) {
      throw ApiException.validation(
          member.name()
              + " must be at least "
              + shape.length().min()
              + " characters long and at most "
              + shape.length().max()
              + " characters long");
    }
  }

  private void structure(StructureValue value, String prefix) {
    StructureShape shape = value.shape();
    for (StructureShape.Member member : shape.members()) {
      member(member, value.get(member.index()), prefix);
      if (shape.stopAtFirst() && !violations.isEmpty()) {
        return;
      }
    }
  }

  private void member(StructureShape.Member member, @Nullable Object value, String prefix) {
    if (value == null) {
      if (member.required()) {
        violate("null", prefix + member.path(), "Member must not be null");
      }
      return;
    }
    if (!member.shape().constrained()) {
      return;
    }
    String broken = ownViolation(member.shape(), value);
    if (broken != null && member.valueOmitted()) {
      add("Value at '" + member.name() + "' failed to satisfy constraint: " + broken);
      return;
    }
    value(member.shape(), value, prefix, member.path());
  }

  private void value(Shape shape, Object value, String prefix, String name) {
    switch (shape) {
      case Shape.Text text -> text(text, (String) value, prefix + name);
      case Shape.Enumeration ignored -> own(shape, value, prefix + name);
      case Shape.Numeric ignored -> own(shape, value, prefix + name);
      case Shape.Bool ignored -> {}
      case Shape.Blob ignored -> {}
      case Shape.Attribute ignored -> {}
      case Shape.Listing list -> {
        own(shape, value, prefix + name);
        elements(list, (List<?>) value, prefix + name);
      }
      case Shape.Mapping map -> {
        own(shape, value, prefix + name);
        entries(map, (Map<?, ?>) value, prefix + name);
      }
      case StructureShape structure -> {
        if (structure.constrained()) {
          structure((StructureValue) value, prefix + name + ".");
        }
      }
    }
  }

  private void own(Shape shape, Object value, String path) {
    String broken = ownViolation(shape, value);
    if (broken != null) {
      violate(ValueText.quoted(value), path, broken);
    }
  }

  /** A string may break its pattern and its length both. */
  private void text(Shape.Text shape, String value, String path) {
    if (isArn(shape, value)) {
      if (value.length() > ARN_LENGTH_MAX) {
        violate(ValueText.quoted(value), path, lengthAtMost(ARN_LENGTH_MAX));
      }
      return;
    }
    NamePattern pattern = shape.pattern();
    boolean patternApplies = pattern != null && !(shape.tableName() && value.isEmpty());
    if (pattern != null && patternApplies && !pattern.matches(value)) {
      violate(ValueText.quoted(value), path, patternRule(pattern));
    }
    String length = lengthViolation(shape.length(), value.length());
    if (length != null) {
      violate(ValueText.quoted(value), path, length);
    }
  }

  private void elements(Shape.Listing list, List<?> values, String path) {
    boolean nested = isNested(list.element());
    boolean reported = false;
    for (int index = 0; index < values.size(); index++) {
      Object element = values.get(index);
      if (element == null) {
        violate("null", path + "." + (index + 1) + ".member", "Member must not be null");
      } else if (nested) {
        value(list.element(), element, path + "." + (index + 1) + ".", "member");
      } else if (!reported && ownViolation(list.element(), element) != null) {
        violate(
            ValueText.quoted(values),
            path,
            "Member must satisfy constraint: " + rules(list.element()));
        reported = true;
      }
    }
  }

  private void entries(Shape.Mapping map, Map<?, ?> values, String path) {
    for (Object key : values.keySet()) {
      if (ownViolation(map.key(), key) != null) {
        violate(
            ValueText.quoted(values),
            path,
            "Map keys must satisfy constraint: " + rules(map.key()));
        break;
      }
    }
    for (Object element : values.values()) {
      if (element != null && ownViolation(map.element(), element) != null) {
        violate(
            ValueText.quoted(values),
            path,
            "Map value must satisfy constraint: " + rules(map.element()));
        break;
      }
    }
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      String member = path + "." + entry.getKey() + ".member";
      Object element = entry.getValue();
      if (element == null) {
        violate("null", member, "Member must not be null");
      } else if (map.element() instanceof Shape.Listing list) {
        elements(list, (List<?>) element, member);
      } else if (isNested(map.element())) {
        value(map.element(), element, path + "." + entry.getKey() + ".", "member");
      }
    }
  }

  private static boolean isNested(Shape shape) {
    return shape instanceof StructureShape
        || shape instanceof Shape.Listing
        || shape instanceof Shape.Mapping;
  }

  /** The first rule of {@code shape} itself that {@code value} breaks, or null. */
  private static @Nullable String ownViolation(Shape shape, Object value) {
    return switch (shape) {
      case Shape.Text text -> textViolation(text, (String) value);
      case Shape.Enumeration enumeration ->
          enumeration.values().contains(value) ? null : enumRule(enumeration);
      case Shape.Numeric numeric -> rangeViolation(numeric.range(), (Number) value);
      case Shape.Listing list -> lengthViolation(list.length(), ((List<?>) value).size());
      case Shape.Mapping map -> lengthViolation(map.length(), ((Map<?, ?>) value).size());
      case Shape.Bool ignored -> null;
      case Shape.Blob ignored -> null;
      case Shape.Attribute ignored -> null;
      case StructureShape ignored -> null;
    };
  }

  private static @Nullable String textViolation(Shape.Text shape, String value) {
    if (isArn(shape, value)) {
      return value.length() > ARN_LENGTH_MAX ? lengthAtMost(ARN_LENGTH_MAX) : null;
    }
    NamePattern pattern = shape.pattern();
    return pattern != null && !pattern.matches(value)
        ? patternRule(pattern)
        : lengthViolation(shape.length(), value.length());
  }

  private static @Nullable String lengthViolation(Shape.Bounds length, int actual) {
    if (actual < length.min()) {
      return lengthAtLeast(length.min());
    }
    return actual > length.max() ? lengthAtMost(length.max()) : null;
  }

  private static @Nullable String rangeViolation(Shape.Bounds range, Number actual) {
    if (actual.longValue() < range.min()) {
      return "Member must have value greater than or equal to " + range.min();
    }
    return actual.longValue() > range.max()
        ? "Member must have value less than or equal to " + range.max()
        : null;
  }

  /** All rules of {@code shape}, as AWS lists them for the elements of a collection. */
  private static List<String> rules(Shape shape) {
    return switch (shape) {
      case Shape.Text text -> {
        List<String> rules = lengthRules(text.length());
        NamePattern pattern = text.pattern();
        if (pattern != null) {
          rules.add(patternRule(pattern));
        }
        yield rules;
      }
      case Shape.Enumeration enumeration -> List.of(enumRule(enumeration));
      case Shape.Numeric numeric ->
          List.of(
              "Member must have value less than or equal to " + numeric.range().max(),
              "Member must have value greater than or equal to " + numeric.range().min());
      case Shape.Listing list -> lengthRules(list.length());
      case Shape.Mapping map -> lengthRules(map.length());
      case Shape.Bool ignored -> List.of();
      case Shape.Blob ignored -> List.of();
      case Shape.Attribute ignored -> List.of();
      case StructureShape ignored -> List.of();
    };
  }

  private static List<String> lengthRules(Shape.Bounds length) {
    List<String> rules = new ArrayList<>();
    if (length.max() != Long.MAX_VALUE) {
      rules.add(lengthAtMost(length.max()));
    }
    if (length.min() != Long.MIN_VALUE) {
      rules.add(lengthAtLeast(length.min()));
    }
    return rules;
  }

  private static String lengthAtLeast(long min) {
    return "Member must have length greater than or equal to " + min;
  }

  private static String lengthAtMost(long max) {
    return "Member must have length less than or equal to " + max;
  }

  private static String patternRule(NamePattern pattern) {
    return "Member must satisfy regular expression pattern: " + pattern.printed();
  }

  private static String enumRule(Shape.Enumeration enumeration) {
    return "Member must satisfy enum value set: " + enumeration.printed();
  }

  private static boolean isArn(Shape.Text shape, String value) {
    return shape.tableName() && value.startsWith(ARN);
  }

  private void violate(String value, String path, String rule) {
    add("Value " + value + " at '" + path + "' failed to satisfy constraint: " + rule);
  }

  private void add(String violation) {
    if (violations.size() < VIOLATIONS_MAX) {
      violations.add(violation);
    }
  }
}
