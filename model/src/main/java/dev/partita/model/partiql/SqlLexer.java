package dev.partita.model.partiql;

import dev.partita.model.expression.ExpressionException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Cuts a statement into tokens. One use. */
final class SqlLexer {
  private static final String SYMBOLS_OF_TWO = "<= >= <> != || << >>";
  private static final String PUNCTUATION = "()[]{},:.;";
  private static final String OPERATORS = "+-/%<>=";

  private final String source;
  private final List<SqlToken> tokens = new ArrayList<>();
  private int position;
  private int line = 1;

  /** Characters of the line before the position. */
  private int column;

  private SqlLexer(String source) {
    this.source = source;
  }

  /**
   * The tokens, and one that stands for the end.
   *
   * @throws ExpressionException with AWS's text if something is no token
   */
  static List<SqlToken> tokenize(String source) {
    SqlLexer lexer = new SqlLexer(source);
    while (lexer.skipSpace()) {
      lexer.token();
    }
    lexer.add(SqlToken.Kind.END, "", lexer.position);
    return lexer.tokens;
  }

  /** What cannot be read at all AWS reports without a word. */
  private static ExpressionException unreadable() {
    return StatementFaults.malformed("");
  }

  /** Passes spaces and comments; false at the end. */
  private boolean skipSpace() {
    while (position < source.length()) {
      if (source.startsWith("--", position)) {
        int end = source.indexOf('\n', position);
        advanceTo(end < 0 ? source.length() : end);
      } else if (source.startsWith("/*", position)) {
        int end = source.indexOf("*/", position + 2);
        if (end < 0) {
          throw unreadable();
        }
        advanceTo(end + 2);
      } else if (Character.isWhitespace(source.charAt(position))) {
        advanceTo(position + 1);
      } else {
        return true;
      }
    }
    return false;
  }

  private void advanceTo(int end) {
    for (; position < end; position++) {
      char passed = source.charAt(position);
      if (passed == '\n') {
        line++;
        column = 0;
      } else if (!Character.isLowSurrogate(passed)) {
        column++;
      }
    }
  }

  private void token() {
    char first = source.charAt(position);
    if (isNameStart(first)) {
      word();
    } else if (isDigit(first) || (first == '.' && isDigit(at(position + 1)))) {
      number();
    } else if (first == '\'') {
      quoted(SqlToken.Kind.TEXT, first);
    } else if (first == '"') {
      quoted(SqlToken.Kind.NAME, first);
    } else {
      symbol(first);
    }
  }

  private char at(int index) {
    return index < source.length() ? source.charAt(index) : '\0';
  }

  private void word() {
    int end = position;
    while (isNameStart(at(end)) || isDigit(at(end))) {
      end++;
    }
    String written = source.substring(position, end);
    String word = written.toLowerCase(Locale.ROOT);
    if (!SqlKeywords.isKeyword(word)) {
      add(SqlToken.Kind.NAME, written, end);
      return;
    }
    SqlToken.Kind kind =
        switch (word) {
          case "true", "false" -> SqlToken.Kind.BOOLEAN;
          case "null" -> SqlToken.Kind.NULL;
          case "missing" -> SqlToken.Kind.MISSING;
          default -> SqlKeywords.isOperator(word) ? SqlToken.Kind.OPERATOR : SqlToken.Kind.KEYWORD;
        };
    add(kind, word, end);
  }

  private void number() {
    int end = digitsEnd(position);
    if (at(end) == '.') {
      end = digitsEnd(end + 1);
    }
    int exponent = end;
    if (at(end) == 'e' || at(end) == 'E') {
      end++;
      if (at(end) == '+' || at(end) == '-') {
        end++;
      }
      end = digitsEnd(end);
    }
    if (isNameStart(at(end))) {
      throw unreadable();
    }
    String text = source.substring(position, end);
    try {
      if (end > exponent) {
        // BigDecimal takes one exponent more than fits an int, AWS does not.
        Integer.parseInt(source, exponent + 1, end, 10);
      }
      add(SqlToken.Kind.NUMBER, text, new BigDecimal(text), end);
    } catch (NumberFormatException wrong) {
      throw unreadable();
    }
  }

  private int digitsEnd(int from) {
    int end = from;
    while (isDigit(at(end))) {
      end++;
    }
    return end;
  }

  /** Within quotes, two of them stand for one. */
  private void quoted(SqlToken.Kind kind, char quote) {
    StringBuilder text = new StringBuilder();
    int index = position + 1;
    while (true) {
      int end = source.indexOf(quote, index);
      if (end < 0) {
        throw unreadable();
      }
      text.append(source, index, end);
      index = end + 1;
      if (at(index) != quote) {
        break;
      }
      text.append(quote);
      index++;
    }
    add(kind, text.toString(), index);
  }

  private void symbol(char first) {
    String two = source.substring(position, Math.min(position + 2, source.length()));
    if (two.length() == 2 && SYMBOLS_OF_TWO.contains(two) && two.indexOf(' ') < 0) {
      boolean bracket = two.equals("<<") || two.equals(">>");
      add(
          bracket ? SqlToken.Kind.PUNCTUATION : SqlToken.Kind.OPERATOR,
          two.equals("!=") ? "<>" : two,
          position + 2);
      return;
    }
    SqlToken.Kind kind;
    if (first == '*') {
      kind = SqlToken.Kind.STAR;
    } else if (first == '?') {
      kind = SqlToken.Kind.PARAMETER;
    } else if (PUNCTUATION.indexOf(first) >= 0) {
      kind = SqlToken.Kind.PUNCTUATION;
    } else if (OPERATORS.indexOf(first) >= 0) {
      kind = SqlToken.Kind.OPERATOR;
    } else {
      throw unreadable();
    }
    add(kind, String.valueOf(first), position + 1);
  }

  private void add(SqlToken.Kind kind, String text, int end) {
    add(kind, text, null, end);
  }

  private void add(SqlToken.Kind kind, String text, @Nullable BigDecimal number, int end) {
    int length = source.codePointCount(position, end);
    tokens.add(new SqlToken(kind, text, number, line, column + 1, length));
    advanceTo(end);
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
