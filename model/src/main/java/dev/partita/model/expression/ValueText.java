package dev.partita.model.expression;

import dev.partita.base.Bytes;
import dev.partita.model.AttributeValue;
import dev.partita.model.DecimalNumber;
import java.util.Base64;

/** Values of ordered types as AWS prints them in its messages: {@code {N:1}}. */
final class ValueText {
  private ValueText() {}

  static String of(AttributeValue value) {
    if (value instanceof AttributeValue.StringValue(String text)) {
      return "{S:" + text + "}";
    }
    if (value instanceof AttributeValue.NumberValue(DecimalNumber number)) {
      return "{N:" + number + "}";
    }
    if (value instanceof AttributeValue.BinaryValue(Bytes bytes)) {
      return "{B:" + Base64.getEncoder().encodeToString(bytes.array()) + "}";
    }
    throw new IllegalArgumentException("No order among values of type " + value.type());
  }
}
