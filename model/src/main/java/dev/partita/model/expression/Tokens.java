package dev.partita.model.expression;

import java.util.ArrayList;
import java.util.List;

/** The tokens of one expression and a position among them. */
final class Tokens {
  private static final String SINGLE_SYMBOLS = "=<>+-()[].,";

  private final ExpressionKind kind;
  private final String source;
  private final List<Token> tokens;
  private int position;

  Tokens(ExpressionKind kind, String source) {
    this.kind = kind;
    this.source = source;
    this.tokens = tokenize(source);
  }

  ExpressionKind kind() {
    return kind;
  }

  Token peek() {
    return tokens.get(position);
  }

  /** The token behind {@link #peek}; the end if there is none. */
  Token peekSecond() {
    return tokens.get(Math.min(position + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(position);
    if (token.kind() != Token.Kind.END) {
      position++;
    }
    return token;
  }

  /** Passes {@code symbol} if it comes next. */
  boolean pass(String symbol) {
    boolean found = peek().is(symbol);
    if (found) {
      position++;
    }
    return found;
  }

  /** Passes the keyword {@code word} if it comes next. */
  boolean passWord(String word) {
    boolean found = peek().isWord(word);
    if (found) {
      position++;
    }
    return found;
  }

  /** Passes {@code symbol}, which must come next. */
  void expect(String symbol) {
    if (!pass(symbol)) {
      throw syntaxError();
    }
  }

  /** Nothing may follow. */
  void expectEnd() {
    if (peek().kind() != Token.Kind.END) {
      throw syntaxError();
    }
  }

  /** A fault at the next token: AWS shows it between its neighbours. */
  ExpressionException syntaxError() {
    Token token = peek();
    int start = position == 0 ? token.start() : tokens.get(position - 1).start();
    int end = peekSecond().end();
    if (token.kind() == Token.Kind.END && position > 0) {
      end = tokens.get(position - 1).end();
    }
    return kind.invalid(
        "Syntax error; token: \""
            + token.text()
            + "\", near: \""
            + source.substring(start, Math.max(start, lastBefore(end)))
            + "\"");
  }

  private int lastBefore(int end) {
    int last = end;
    while (last > 0 && isSpace(source.charAt(last - 1))) {
      last--;
    }
    return last;
  }

  private static List<Token> tokenize(String source) {
    List<Token> tokens = new ArrayList<>();
    int position = 0;
    while (position < source.length()) {
      if (isSpace(source.charAt(position))) {
        position++;
      } else {
        Token token = tokenAt(source, position);
        tokens.add(token);
        position = token.end();
      }
    }
    tokens.add(new Token(Token.Kind.END, "<EOF>", source.length()));
    return tokens;
  }

  private static Token tokenAt(String source, int start) {
    char first = source.charAt(start);
    if (isLetter(first)) {
      return token(Token.Kind.WORD, source, start, wordEnd(source, start + 1));
    }
    if (isDigit(first)) {
      int end = start + 1;
      while (end < source.length() && isDigit(source.charAt(end))) {
        end++;
      }
      return token(Token.Kind.NUMBER, source, start, end);
    }
    if (first == '#' || first == ':') {
      int end = wordEnd(source, start + 1);
      if (end > start + 1) {
        Token.Kind kind = first == '#' ? Token.Kind.NAME_PLACEHOLDER : Token.Kind.VALUE_PLACEHOLDER;
        return token(kind, source, start, end);
      }
    }
    if (SINGLE_SYMBOLS.indexOf(first) >= 0) {
      return token(Token.Kind.SYMBOL, source, start, start + symbolLength(source, start));
    }
    return token(
        Token.Kind.UNKNOWN, source, start, start + Character.charCount(source.codePointAt(start)));
  }

  private static int symbolLength(String source, int start) {
    boolean two =
        source.startsWith("<>", start)
            || source.startsWith("<=", start)
            || source.startsWith(">=", start);
    return two ? 2 : 1;
  }

  private static Token token(Token.Kind kind, String source, int start, int end) {
    return new Token(kind, source.substring(start, end), start);
  }

  private static int wordEnd(String source, int from) {
    int end = from;
    while (end < source.length()
        && (isLetter(source.charAt(end))
            || isDigit(source.charAt(end))
            || source.charAt(end) == '_')) {
      end++;
    }
    return end;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
