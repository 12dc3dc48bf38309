package dev.partita.triggers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reading JSON field by field, without a tree. */
final class JsonFields {
  static final JsonFactory FACTORY = new JsonFactory();

  private JsonFields() {}

  /** Takes a field's value, on whose first token the parser stands, and leaves it on the last. */
  @FunctionalInterface
  interface Field {
    void read(String name) throws IOException;
  }

  /** Takes an element, on whose first token the parser stands, and leaves it on the last. */
  @FunctionalInterface
  interface Element {
    void read() throws IOException;
  }

  /** Hands every field of the object, on whose first token the parser stands, to {@code field}. */
  static void object(JsonParser parser, Field field) throws IOException {
    require(parser, JsonToken.START_OBJECT);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      field.read(name);
    }
  }

  /** Hands every element of the array, on whose first token the parser stands, on. */
  static void array(JsonParser parser, Element element) throws IOException {
    require(parser, JsonToken.START_ARRAY);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  /** The text at the parser. */
  static String string(JsonParser parser) throws IOException {
    require(parser, JsonToken.VALUE_STRING);
    return parser.getText();
  }

  private static void require(JsonParser parser, JsonToken token) throws IOException {
    if (!parser.hasToken(token)) {
      throw new JsonParseException(
          parser, "expected " + token + ", found " + parser.currentToken());
    }
  }
}
