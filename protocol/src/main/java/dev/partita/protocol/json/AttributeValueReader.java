package dev.partita.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.partita.base.Bytes;
import dev.partita.model.AttributeValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.NumberRuleException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads attribute values. What breaks a rule of DynamoDB is noted and stands in the result as a
 * null value, which never gets further than the checks of the request.
 */
final class AttributeValueReader {
  /** An attribute's own value is level 1. Source: AWS, "Constraints", nested attribute depth. */
  private static final int LEVELS_MAX = 32;

  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String EMPTY =
      "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
  private static final String SEVERAL =
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
          + " supported datatypes";
  private static final String TOO_DEEP =
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
          + " beyond supported limit";

  private final JsonParser parser;
  private final Scalars scalars;
  private final AttributeProblems problems;

  AttributeValueReader(JsonParser parser, Scalars scalars, AttributeProblems problems) {
    this.parser = parser;
    this.scalars = scalars;
    this.problems = problems;
  }

  /**
   * Reads the value that the current token starts.
   *
   * @param level 1 for the value of an attribute
   */
  AttributeValue read(int level, boolean inCollection) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return problem(EMPTY, false);
    }
    if (token != JsonToken.START_OBJECT) {
      throw JsonTypeErrors.structure(token, "AttributeValue", inCollection);
    }
    if (level > LEVELS_MAX) {
      parser.skipChildren();
      return problem(TOO_DEEP, false);
    }
    AttributeValue result = null;
    String type = null;
    boolean several = false;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      AttributeValue value = readTyped(name, level);
      if (value != null) {
        several |= type != null && !type.equals(name);
        type = name;
        result = value;
      }
    }
    if (result == null) {
      return problem(EMPTY, false);
    }
    return several ? problem(SEVERAL, false) : result;
  }

  /** The value of the member {@code type}, or null if it is null or no type. */
  private @Nullable AttributeValue readTyped(String type, int level) throws IOException {
    if (parser.hasToken(JsonToken.VALUE_NULL)) {
      return null;
    }
    return switch (type) {
      case "S" -> new AttributeValue.StringValue(scalars.string());
      case "N" -> readNumber();
      case "B" -> new AttributeValue.BinaryValue(scalars.binary());
      case "BOOL" -> AttributeValue.BooleanValue.of(scalars.bool());
      case "NULL" ->
          scalars.bool()
              ? AttributeValue.NullValue.NULL
              : problem(INVALID + "Null attribute value types must have the value of true", true);
      case "M" -> new AttributeValue.MapValue(readAttributes(level + 1, false));
      case "L" -> new AttributeValue.ListValue(readList(level + 1));
      case "SS" -> readStringSet();
      case "NS" -> readNumberSet();
      case "BS" -> readBinarySet();
      default -> {
        parser.skipChildren();
        yield null;
      }
    };
  }

  private AttributeValue readNumber() throws IOException {
    String text = scalars.string();
    try {
      return new AttributeValue.NumberValue(DecimalNumber.parse(text));
    } catch (NumberRuleException broken) {
      return numberProblem(text, broken);
    }
  }

  private static String numberMessage(String text, NumberRuleException broken) {
    return text.isEmpty()
        ? "The parameter cannot be converted to a numeric value"
        : String.valueOf(broken.getMessage());
  }

  /** Reads a map of attribute values whose own level is {@code level}. */
  Map<String, AttributeValue> readAttributes(int level, boolean inCollection) throws IOException {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      throw JsonTypeErrors.map(parser.currentToken(), RequestReader.ATTRIBUTE_SHAPE, inCollection);
    }
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      readAttribute(name, level, attributes);
    }
    return attributes;
  }

  /** Reads the value of the attribute {@code name} into {@code attributes}. */
  private void readAttribute(String name, int level, Map<String, AttributeValue> attributes)
      throws IOException {
    checkName(scalars.checked(name));
    parser.nextToken();
    attributes.put(name, read(level, true));
  }

  void checkName(String name) {
    String message = AttributeNames.problem(name);
    if (!message.isEmpty()) {
      problem(message, false);
    }
  }

  private List<AttributeValue> readList(int level) throws IOException {
    requireArray();
    List<AttributeValue> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(read(level, true));
    }
    return values;
  }

  private AttributeValue readStringSet() throws IOException {
    List<String> elements = readStrings("string");
    Set<String> set = new LinkedHashSet<>(elements);
    if (elements.isEmpty()) {
      return problem(INVALID + "An string set  may not be empty", true);
    }
    return set.size() == elements.size()
        ? new AttributeValue.StringSetValue(set)
        : problem(INVALID + "Input collection " + elements + " contains duplicates.", true);
  }

  private AttributeValue readNumberSet() throws IOException {
    List<String> elements = readStrings("number");
    if (elements.isEmpty()) {
      return problem(INVALID + "An number set  may not be empty", true);
    }
    Set<DecimalNumber> set = new LinkedHashSet<>();
    for (String text : elements) {
      try {
        set.add(DecimalNumber.parse(text));
      } catch (NumberRuleException broken) {
        return numberProblem(text, broken);
      }
    }
    return set.size() == elements.size()
        ? new AttributeValue.NumberSetValue(set)
        : problem("Input collection contains duplicates", true);
  }

  private AttributeValue readBinarySet() throws IOException {
    requireArray();
    List<String> texts = new ArrayList<>();
    Set<Bytes> set = new LinkedHashSet<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.hasToken(JsonToken.VALUE_NULL)) {
        problem(INVALID + "An binary set  may not have a null binary as a member", true);
        continue;
      }
      set.add(scalars.binary());
      texts.add(parser.getText());
    }
    if (texts.isEmpty()) {
      return problem(INVALID + "Binary sets should not be empty", true);
    }
    return set.size() == texts.size()
        ? new AttributeValue.BinarySetValue(set)
        : problem(INVALID + "Input collection " + texts + "of type BS contains duplicates.", true);
  }

  private List<String> readStrings(String kind) throws IOException {
    requireArray();
    List<String> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.hasToken(JsonToken.VALUE_NULL)) {
        problem(
            INVALID + "An " + kind + " set  may not have a null " + kind + " as a member", true);
        continue;
      }
      elements.add(scalars.string());
    }
    return elements;
  }

  private void requireArray() {
    if (!parser.hasToken(JsonToken.START_ARRAY)) {
      throw JsonTypeErrors.list(parser.currentToken(), false);
    }
  }

  private AttributeValue numberProblem(String text, NumberRuleException broken) {
    problems.addNumber(numberMessage(text, broken));
    return AttributeValue.NullValue.NULL;
  }

  private AttributeValue problem(String message, boolean prefixed) {
    problems.add(message, prefixed);
    return AttributeValue.NullValue.NULL;
  }
}
