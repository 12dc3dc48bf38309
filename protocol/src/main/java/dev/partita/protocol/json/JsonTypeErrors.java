package dev.partita.protocol.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ErrorType;
import dev.partita.protocol.shape.Shape;
import dev.partita.protocol.shape.StructureShape;

/** AWS's words for JSON of the wrong type. */
final class JsonTypeErrors {
  private static final String PACKAGE = "com.amazonaws.dynamodb.v20120810.";
  private static final String OBJECT_FOUND = "Start of structure or map found where not expected";

  /** AWS lets a Java exception through where a list or map is the element of another. */
  private static final String CAST =
      "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class"
          + " java.lang.Class (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and"
          + " java.lang.Class are in module java.base of loader 'bootstrap')";

  private JsonTypeErrors() {}

  /** The body is not JSON, or no object: AWS says no more than the type. */
  static ApiException malformed() {
    return error("");
  }

  static ApiException error(String message) {
    return new ApiException(new ApiError(ErrorType.SERIALIZATION, message));
  }

  /** {@code token} stands where a scalar is wanted that AWS calls {@code type}. */
  static ApiException scalar(JsonToken token, String type) {
    if (token == JsonToken.START_OBJECT) {
      return error(OBJECT_FOUND);
    }
    if (token == JsonToken.START_ARRAY) {
      return error("Unrecognized collection type class java.lang." + type);
    }
    return error(tokenName(token) + " cannot be converted to " + type);
  }

  /** {@code token} stands where base 64 is wanted. */
  static ApiException blob(JsonToken token) {
    if (token == JsonToken.START_OBJECT) {
      return error(OBJECT_FOUND);
    }
    if (token == JsonToken.START_ARRAY) {
      return error("Unrecognized collection type class java.nio.ByteBuffer");
    }
    return error("only base-64-encoded strings are convertible to bytes");
  }

  /** {@code token} stands where an array is wanted. */
  static ApiException list(JsonToken token, boolean inCollection) {
    if (token == JsonToken.START_OBJECT) {
      return error(OBJECT_FOUND);
    }
    return error(inCollection ? CAST : "Unexpected field type");
  }

  /** {@code token} stands where a map from names to {@code element} is wanted. */
  static ApiException map(JsonToken token, Shape element, boolean inCollection) {
    if (token == JsonToken.START_ARRAY) {
      return error(
          "Unrecognized collection type java.util.Map<java.lang.String, " + type(element) + ">");
    }
    return error(inCollection ? CAST : "Unexpected field type");
  }

  /** {@code token} stands where the structure {@code name} is wanted. */
  static ApiException structure(JsonToken token, String name, boolean inCollection) {
    if (token == JsonToken.START_ARRAY) {
      return error("Unrecognized collection type class " + PACKAGE + name);
    }
    return error(inCollection ? "Unexpected value type in payload" : "Unexpected field type");
  }

  private static String type(Shape shape) {
    return switch (shape) {
      case Shape.Text ignored -> "java.lang.String";
      case Shape.Enumeration ignored -> "java.lang.String";
      case Shape.Bool ignored -> "java.lang.Boolean";
      case Shape.Numeric number -> "java.lang." + number.kind().printed();
      case Shape.Blob ignored -> "java.nio.ByteBuffer";
      case Shape.Listing list -> "java.util.List<" + type(list.element()) + ">";
      case Shape.Mapping map -> "java.util.Map<java.lang.String, " + type(map.element()) + ">";
      case Shape.Attribute attribute -> PACKAGE + attribute.name();
      case StructureShape structure -> PACKAGE + structure.name();
    };
  }

  private static String tokenName(JsonToken token) {
    return switch (token) {
      case VALUE_NUMBER_INT -> "NUMBER_VALUE";
      case VALUE_NUMBER_FLOAT -> "DECIMAL_VALUE";
      case VALUE_TRUE -> "TRUE_VALUE";
      case VALUE_FALSE -> "FALSE_VALUE";
      case VALUE_STRING -> "STRING_VALUE";
      case VALUE_NULL,
          VALUE_EMBEDDED_OBJECT,
          NOT_AVAILABLE,
          START_OBJECT,
          END_OBJECT,
          START_ARRAY,
          END_ARRAY,
          FIELD_NAME ->
          "NULL_VALUE";
    };
  }
}
