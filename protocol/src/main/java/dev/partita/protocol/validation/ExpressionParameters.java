package dev.partita.protocol.validation;

import dev.partita.model.AttributeValue;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.SemanticErrorPrefix;
import dev.partita.model.api.TransactWriteItemsRequest;
import dev.partita.protocol.json.AttributeNames;
import dev.partita.protocol.json.AttributeProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules between expressions, the legacy parameters that they replace, and the names and values
 * in them. Made once a request; the two checks come at different places of an operation's order.
 */
final class ExpressionParameters {
  private final ApiRequest request;
  private final List<String> legacyGiven = new ArrayList<>(0);
  private final List<String> expressionsGiven = new ArrayList<>(2);
  private final List<String> valueExpressions = new ArrayList<>(2);
  private final List<String> emptyExpressions = new ArrayList<>(0);
  private boolean valueExpressionGiven;

  ExpressionParameters(ApiRequest request) {
    this.request = request;
  }

  /** A legacy parameter; those given are printed in the order of these calls. */
  ExpressionParameters legacy(String name, @Nullable Object value) {
    if (value != null) {
      legacyGiven.add(name);
    }
    return this;
  }

  /** An expression that may use values. */
  ExpressionParameters expression(String name, @Nullable String text) {
    valueExpressions.add(name);
    valueExpressionGiven |= text != null;
    return given(name, text);
  }

  /** A projection, which uses names only. */
  ExpressionParameters projection(@Nullable String text) {
    return given("ProjectionExpression", text);
  }

  private ExpressionParameters given(String name, @Nullable String text) {
    if (text != null) {
      expressionsGiven.add(name);
      if (text.isEmpty()) {
        emptyExpressions.add(name);
      }
    }
    return this;
  }

  /** Checks what may be given together. */
  void checkTogether(
      @Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
    if (!expressionsGiven.isEmpty() && !legacyGiven.isEmpty()) {
      throw SemanticErrorPrefix.error(
          request,
          "Can not use both expression and non-expression parameters in the same request:"
              + " Non-expression parameters: "
              + braced(legacyGiven)
              + " Expression parameters: "
              + braced(expressionsGiven));
    }
    if (names != null && expressionsGiven.isEmpty()) {
      throw SemanticErrorPrefix.error(
          request, "ExpressionAttributeNames can only be specified when using expressions");
    }
    if (values != null && !valueExpressionGiven && !valueExpressions.isEmpty()) {
      throw SemanticErrorPrefix.error(
          request,
          "ExpressionAttributeValues can only be specified when using expressions"
              + (SemanticErrorPrefix.of(request).isEmpty() ? missingExpressions() : ""));
    }
  }

  /** AWS names them only where it does not count its errors. */
  private String missingExpressions() {
    return ": "
        + String.join(" and ", valueExpressions)
        + (valueExpressions.size() > 1 ? " are null" : " is null");
  }

  /**
   * Checks the names, the values and that no expression is empty.
   *
   * @param valuesProblem the first problem of a value, if any
   */
  void checkContent(
      @Nullable Map<String, String> names,
      @Nullable Map<String, AttributeValue> values,
      AttributeProblems.@Nullable Problem valuesProblem) {
    if (names != null) {
      checkNames(names);
    }
    if (values != null) {
      checkValues(values, valuesProblem);
    }
    if (!emptyExpressions.isEmpty()) {
      throw SemanticErrorPrefix.error(
          request, "Invalid " + emptyExpressions.getFirst() + ": The expression can not be empty;");
    }
  }

  private void checkNames(Map<String, String> names) {
    if (names.isEmpty()) {
      throw SemanticErrorPrefix.error(request, "ExpressionAttributeNames must not be empty");
    }
    for (String key : names.keySet()) {
      if (!isPlaceholder(key, '#')) {
        throw ApiException.validation(
            "ExpressionAttributeNames contains invalid key: Syntax error; key: \"" + key + "\"");
      }
    }
    for (Map.Entry<String, String> entry : names.entrySet()) {
      String problem = AttributeNames.problem(entry.getValue());
      if (!problem.isEmpty()) {
        throw ApiException.validation(
            "ExpressionAttributeNames contains invalid value: "
                + problem
                + " for key "
                + entry.getKey());
      }
    }
  }

  private void checkValues(
      Map<String, AttributeValue> values, AttributeProblems.@Nullable Problem problem) {
    if (values.isEmpty()) {
      throw SemanticErrorPrefix.error(request, "ExpressionAttributeValues must not be empty");
    }
    for (String key : values.keySet()) {
      if (!isPlaceholder(key, ':')) {
        throw ApiException.validation(
            "ExpressionAttributeValues contains invalid key: Syntax error; key: \"" + key + "\"");
      }
    }
    if (problem != null) {
      String message = problem.message();
      boolean bare =
          (problem.aboutNumber() && !(request instanceof TransactWriteItemsRequest))
              || message.startsWith("Nesting Levels")
              || (message.contains("Null attribute value types")
                  && !SemanticErrorPrefix.of(request).isEmpty());
      String text =
          bare
              ? message
              : "ExpressionAttributeValues contains invalid value: "
                  + message
                  + " for key "
                  + problem.key();
      throw problem.prefixed()
          ? SemanticErrorPrefix.error(request, text)
          : ApiException.validation(text);
    }
  }

  private static boolean isPlaceholder(String key, char mark) {
    if (key.length() < 2 || key.charAt(0) != mark) {
      return false;
    }
    for (int index = 1; index < key.length(); index++) {
      char letter = key.charAt(index);
      boolean legal =
          (letter >= 'a' && letter <= 'z')
              || (letter >= 'A' && letter <= 'Z')
              || (letter >= '0' && letter <= '9')
              || letter == '_';
      if (!legal) {
        return false;
      }
    }
    return true;
  }

  private static String braced(List<String> names) {
    return "{" + String.join(", ", names) + "}";
  }
}
