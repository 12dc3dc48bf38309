package dev.partita.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import dev.partita.base.Bytes;
import dev.partita.protocol.shape.Shape;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;

/** Reads the scalar at the parser's current token, as leniently and as strictly as AWS. */
final class Scalars {
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private final JsonParser parser;
  private final boolean mayHoldSurrogates;

  Scalars(JsonParser parser, boolean mayHoldSurrogates) {
    this.parser = parser;
    this.mayHoldSurrogates = mayHoldSurrogates;
  }

  String string() throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      throw JsonTypeErrors.scalar(parser.currentToken(), "String");
    }
    return checked(parser.getText());
  }

  /** {@code text} itself, unless it has half a surrogate pair, which UTF-8 cannot express. */
  String checked(String text) {
    if (mayHoldSurrogates && !Utf8Body.isPaired(text)) {
      throw JsonTypeErrors.malformed();
    }
    return text;
  }

  /** AWS takes some words for booleans too. */
  boolean bool() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    if (token != JsonToken.VALUE_STRING) {
      throw JsonTypeErrors.scalar(token, "Boolean");
    }
    return switch (parser.getText().toUpperCase(Locale.ROOT)) {
      case "TRUE", "1", "YES" -> true;
      case "FALSE", "0", "NO" -> false;
      default -> throw JsonTypeErrors.error("Unexpected token received from parser");
    };
  }

  /** Integers are rounded down, as AWS does. */
  Object number(Shape.Numeric.Kind kind) throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw JsonTypeErrors.scalar(token, kind.printed());
    }
    return switch (kind) {
      case DOUBLE, TIMESTAMP -> (Object) parser.getDoubleValue();
      case LONG -> whole(kind);
      case INTEGER -> {
        long value = whole(kind);
        if (value != (int) value) {
          throw JsonTypeErrors.scalar(token, kind.printed());
        }
        yield (int) value;
      }
    };
  }

  private long whole(Shape.Numeric.Kind kind) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT) {
      try {
        return parser.getLongValue();
      } catch (InputCoercionException outOfRange) {
        throw JsonTypeErrors.scalar(token, kind.printed());
      }
    }
    double floor = Math.floor(parser.getDoubleValue());
    if (!(Math.abs(floor) < Long.MAX_VALUE)) {
      throw JsonTypeErrors.scalar(token, kind.printed());
    }
    return (long) floor;
  }

  Bytes binary() throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      throw JsonTypeErrors.blob(parser.currentToken());
    }
    String text = parser.getText();
    if (text.length() % 4 != 0) {
      throw JsonTypeErrors.error(
          "Base64 encoded length is expected a multiple of 4 bytes but found: " + text.length());
    }
    if (!hasCleanEnd(text)) {
      throw badBase64();
    }
    try {
      return Bytes.wrap(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException malformed) {
      throw badBase64();
    }
  }

  /** Whether the bits that padding cuts off are zero, which Java's decoder does not look at. */
  private static boolean hasCleanEnd(String text) {
    int end = text.length();
    if (text.endsWith("==")) {
      return end == 2 || (BASE64.indexOf(text.charAt(end - 3)) & 0xF) == 0;
    }
    return !text.endsWith("=") || (BASE64.indexOf(text.charAt(end - 2)) & 0x3) == 0;
  }

  private static RuntimeException badBase64() {
    // AWS's own spelling.
    return JsonTypeErrors.error("Invalid last non-pad Base64 character dectected");
  }
}
