package dev.partita.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attribute values of the AWS SDK in few letters. */
final class Values {
  private Values() {}

  static AttributeValue string(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  static AttributeValue number(String number) {
    return AttributeValue.fromN(number);
  }

  static AttributeValue binary(int... bytes) {
    byte[] array = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      array[i] = (byte) bytes[i];
    }
    return AttributeValue.fromB(SdkBytes.fromByteArray(array));
  }

  static AttributeValue list(AttributeValue... elements) {
    return AttributeValue.fromL(List.of(elements));
  }

  static AttributeValue map(Object... namesAndValues) {
    return AttributeValue.fromM(item(namesAndValues));
  }

  /** An item or key of alternating names and values. */
  static Map<String, AttributeValue> item(Object... namesAndValues) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      item.put((String) namesAndValues[i], (AttributeValue) namesAndValues[i + 1]);
    }
    return item;
  }

  /** An attribute that must be there. */
  static AttributeValue of(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new AssertionError("no attribute " + name + " in " + item);
    }
    return value;
  }

  /** A string value of that many bytes. */
  static AttributeValue bytes(int count) {
    return string("x".repeat(count));
  }
}
