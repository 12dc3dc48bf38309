package dev.partita.model.partiql;

import java.util.List;

/** The tokens of one statement and a position among them. */
final class SqlTokens {
  private final List<SqlToken> tokens;
  private int position;
  private int parameters;

  SqlTokens(String source) {
    this.tokens = SqlLexer.tokenize(source);
  }

  SqlToken peek() {
    return tokens.get(position);
  }

  /** The token behind {@link #peek}; the end if there is none. */
  SqlToken peekSecond() {
    return tokens.get(Math.min(position + 1, tokens.size() - 1));
  }

  SqlToken next() {
    SqlToken token = tokens.get(position);
    if (token.kind() != SqlToken.Kind.END) {
      position++;
    }
    return token;
  }

  /** Passes the operator or punctuation {@code symbol} if it comes next. */
  boolean pass(String symbol) {
    boolean found = peek().is(symbol);
    if (found) {
      position++;
    }
    return found;
  }

  /** Passes the keyword {@code word} if it comes next. */
  boolean passKeyword(String word) {
    boolean found = peek().isKeyword(word);
    if (found) {
      position++;
    }
    return found;
  }

  /**
   * Passes {@code symbol}, which must come next.
   *
   * @param name what PartiQL calls it
   */
  void expect(String symbol, String name) {
    if (!pass(symbol)) {
      throw StatementFaults.malformed("Expected " + name);
    }
  }

  /** Passes the parameter that comes next and tells its position, counted from 0. */
  int nextParameter() {
    next();
    return parameters++;
  }

  /** How many parameters were passed. */
  int parameters() {
    return parameters;
  }

  /** Nothing but a semicolon may follow. */
  void expectEnd() {
    pass(";");
    if (peek().kind() != SqlToken.Kind.END) {
      throw StatementFaults.malformed("Unexpected token after expression");
    }
  }
}
