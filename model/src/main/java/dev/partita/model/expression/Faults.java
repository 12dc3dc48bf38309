package dev.partita.model.expression;

import org.jspecify.annotations.Nullable;

/**
 * Faults of one expression that AWS reports only when the whole text is well-formed. The first of
 * each sort is kept; of several sorts, the one that AWS checks first is reported. One use.
 */
final class Faults {
  private @Nullable String parentheses;
  private @Nullable String unknownFunction;
  private @Nullable String misusedFunction;
  private @Nullable String reservedWord;
  private @Nullable String section;

  void redundantParentheses() {
    parentheses = "The expression has redundant parentheses;";
  }

  void unknownFunction(String name) {
    if (unknownFunction == null) {
      unknownFunction = "Invalid function name; function: " + name;
    }
  }

  /** A function where none, or not this one, may stand. */
  void misusedFunction(String name) {
    misused("The function is not allowed to be used this way in an expression; function: " + name);
  }

  /** A function of another kind of expression. */
  void foreignFunction(String expressionKind, String name) {
    misused("The function is not allowed in " + expressionKind + "; function: " + name);
  }

  private void misused(String reason) {
    if (misusedFunction == null) {
      misusedFunction = reason;
    }
  }

  void reservedWord(String word) {
    if (reservedWord == null) {
      reservedWord = "Attribute name is a reserved keyword; reserved keyword: " + word;
    }
  }

  void repeatedSection(String name) {
    if (section == null) {
      section = "The \"" + name + "\" section can only be used once in an update expression;";
    }
  }

  /** Throws the gravest fault of a condition or projection, if any. */
  void throwAny(ExpressionKind kind) {
    throwFirst(kind, parentheses, unknownFunction, misusedFunction, reservedWord);
  }

  /** Throws the gravest fault of an update, if any. */
  void throwAnyOfUpdate(ExpressionKind kind) {
    throwFirst(kind, reservedWord, unknownFunction, misusedFunction, section);
  }

  private static void throwFirst(ExpressionKind kind, @Nullable String... reasons) {
    for (String reason : reasons) {
      if (reason != null) {
        throw kind.invalid(reason);
      }
    }
  }
}
