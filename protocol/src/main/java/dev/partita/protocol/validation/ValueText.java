package dev.partita.protocol.validation;

import dev.partita.base.Bytes;
import dev.partita.model.AttributeValue;
import dev.partita.protocol.json.StructureValue;
import dev.partita.protocol.shape.StructureShape;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as AWS prints them in violations: strings as they are, lists as {@code [a, b]}, maps as
 * {@code {k=v}}, structures as {@code Name(member=value)}. At most {@value #LENGTH_MAX} characters.
 */
final class ValueText {
  private static final int LENGTH_MAX = 65_536;

  private final StringBuilder text = new StringBuilder();

  private ValueText() {}

  /** {@code value} in single quotes. */
  static String quoted(Object value) {
    if (value instanceof String string && string.length() <= LENGTH_MAX) {
      return "'" + string + "'";
    }
    ValueText printer = new ValueText();
    printer.print(value);
    printer.text.setLength(Math.min(printer.text.length(), LENGTH_MAX));
    return "'" + printer.text + "'";
  }

  private void print(@Nullable Object value) {
    if (text.length() > LENGTH_MAX) {
      return;
    }
    switch (value) {
      case null -> text.append("null");
      case Map<?, ?> map -> printMap(map);
      case Collection<?> collection -> printAll(collection);
      case StructureValue structure -> printStructure(structure);
      case AttributeValue attribute -> printAttribute(attribute);
      case Bytes bytes -> text.append(Base64.getEncoder().encodeToString(bytes.array()));
      case Object scalar -> text.append(scalar);
    }
  }

  private void printMap(Map<?, ?> map) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(separator).append(entry.getKey()).append('=');
      print(entry.getValue());
      separator = ", ";
    }
    text.append(map.isEmpty() ? "{}" : "}");
  }

  private void printAll(Collection<?> elements) {
    String separator = "[";
    for (Object element : elements) {
      text.append(separator);
      print(element);
      separator = ", ";
    }
    text.append(elements.isEmpty() ? "[]" : "]");
  }

  private void printStructure(StructureValue structure) {
    text.append(structure.shape().name()).append('(');
    String separator = "";
    for (StructureShape.Member member : structure.shape().members()) {
      text.append(separator).append(member.path()).append('=');
      print(structure.get(member.index()));
      separator = ", ";
    }
    text.append(')');
  }

  private void printAttribute(AttributeValue value) {
    text.append("AttributeValue(").append(value.type().name().toLowerCase(Locale.ROOT)).append('=');
    switch (value) {
      case AttributeValue.StringValue(String string) -> text.append(string);
      case AttributeValue.NumberValue number -> text.append(number.value());
      case AttributeValue.BinaryValue(Bytes bytes) -> print(bytes);
      case AttributeValue.BooleanValue bool -> text.append(bool.value());
      case AttributeValue.NullValue ignored -> text.append(true);
      case AttributeValue.ListValue list -> print(list.values());
      case AttributeValue.MapValue map -> print(map.values());
      case AttributeValue.StringSetValue set -> print(set.values());
      case AttributeValue.NumberSetValue set -> print(set.values());
      case AttributeValue.BinarySetValue set -> print(set.values());
    }
    text.append(')');
  }
}
