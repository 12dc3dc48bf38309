package dev.partita.protocol.model.reduce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists, strings, numbers and booleans; members keep their order. */
final class JsonTree {
  private JsonTree() {}

  static Map<String, Object> readObject(InputStream source) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(source)) {
      parser.nextToken();
      return object(read(parser));
    }
  }

  private static @Nullable Object read(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        Object value = read(parser);
        if (value != null) {
          members.put(name, value);
        }
      }
      return members;
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        Object value = read(parser);
        if (value != null) {
          elements.add(value);
        }
      }
      return elements;
    }
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      default -> parser.getText();
    };
  }

  /** {@code value} as an object. */
  @SuppressWarnings("unchecked") // The reader makes maps with string keys only.
  static Map<String, Object> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("not a JSON object: " + value);
  }

  /** The member {@code name} of {@code parent} as an object, empty if it is missing. */
  static Map<String, Object> object(Map<String, Object> parent, String name) {
    Object value = parent.get(name);
    return value == null ? Map.of() : object(value);
  }

  /** The member {@code name} of {@code parent} as a list, empty if it is missing. */
  static List<?> list(Map<String, Object> parent, String name) {
    Object value = parent.get(name);
    return value instanceof List<?> list ? list : List.of();
  }

  /** The member {@code name} of {@code parent} as a string. */
  static String string(Map<String, Object> parent, String name) {
    if (parent.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("no string " + name + " in " + parent);
  }
}
