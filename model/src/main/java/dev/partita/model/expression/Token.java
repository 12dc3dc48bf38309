package dev.partita.model.expression;

/**
 * A piece of an expression's text.
 *
 * @param text as written; {@code <EOF>} at the end
 * @param start offset of its first char in the expression
 */
record Token(Kind kind, String text, int start) {

  enum Kind {
    /** A letter, then letters, digits and underscores. */
    WORD,
    /** {@code #} and at least one letter, digit or underscore. */
    NAME_PLACEHOLDER,
    /** {@code :} and at least one letter, digit or underscore. */
    VALUE_PLACEHOLDER,
    /** Digits. */
    NUMBER,
    /** Operator or punctuation. */
    SYMBOL,
    /** A character that no expression contains. */
    UNKNOWN,
    /** Behind the last character. */
    END
  }

  /** Whether this is the operator or punctuation {@code symbol}. */
  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Whether this is the keyword {@code word}, in any case. */
  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  int end() {
    return kind == Kind.END ? start : start + text.length();
  }
}
