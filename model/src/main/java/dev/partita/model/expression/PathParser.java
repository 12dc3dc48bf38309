package dev.partita.model.expression;

import dev.partita.model.expression.OperandSyntax.PathSyntax;
import java.util.ArrayList;
import java.util.List;

/** Parses document paths: names, {@code #placeholders}, dots and list indices. */
final class PathParser {
  private static final int LEVELS_MAX = 32;
  private static final int INDEX_DIGITS_MAX = 9;

  private final Tokens tokens;
  private final Faults faults;

  PathParser(Tokens tokens, Faults faults) {
    this.tokens = tokens;
    this.faults = faults;
  }

  /** A whole path, which must come next. */
  PathSyntax path() {
    List<PathElement> elements = new ArrayList<>(2);
    elements.add(name());
    return steps(elements);
  }

  /** The steps behind a path in parentheses. */
  PathSyntax continued(PathSyntax head) {
    return tokens.peek().is(".") || tokens.peek().is("[")
        ? steps(new ArrayList<>(head.elements()))
        : head;
  }

  private PathSyntax steps(List<PathElement> elements) {
    while (true) {
      if (tokens.pass(".")) {
        elements.add(name());
      } else if (tokens.pass("[")) {
        elements.add(index());
      } else {
        break;
      }
    }
    if (elements.size() > LEVELS_MAX) {
      throw tokens
          .kind()
          .invalid(
              "The document path has too many nesting levels; nesting levels: " + elements.size());
    }
    return syntax(elements);
  }

  private static PathSyntax syntax(List<PathElement> elements) {
    boolean literal = true;
    for (PathElement element : elements) {
      literal &= !(element instanceof PathElement.Name(String name) && name.startsWith("#"));
    }
    List<PathElement> fixed = List.copyOf(elements);
    return new PathSyntax(fixed, literal ? Path.of(fixed) : null);
  }

  private PathElement.Name name() {
    Token token = tokens.peek();
    if (token.kind() == Token.Kind.NAME_PLACEHOLDER) {
      tokens.next();
    } else if (token.kind() == Token.Kind.WORD && !isKeyword(token)) {
      tokens.next();
      if (ReservedWords.contains(token.text())) {
        faults.reservedWord(token.text());
      }
    } else {
      throw tokens.syntaxError();
    }
    return new PathElement.Name(token.text());
  }

  /** Words that the grammar itself uses are never names. */
  private boolean isKeyword(Token token) {
    return switch (tokens.kind()) {
      case CONDITION, FILTER, KEY_CONDITION ->
          token.isWord("AND")
              || token.isWord("OR")
              || token.isWord("NOT")
              || token.isWord("BETWEEN")
              || token.isWord("IN");
      case UPDATE ->
          token.isWord("SET")
              || token.isWord("REMOVE")
              || token.isWord("ADD")
              || token.isWord("DELETE");
      case PROJECTION, STATEMENT -> false;
    };
  }

  private PathElement.Index index() {
    Token token = tokens.peek();
    if (token.kind() != Token.Kind.NUMBER) {
      throw tokens.syntaxError();
    }
    tokens.next();
    tokens.expect("]");
    String digits = token.text().replaceFirst("^0+(?=.)", "");
    if (digits.length() > INDEX_DIGITS_MAX) {
      throw tokens
          .kind()
          .invalid("List index is not within the allowable range; index: [" + token.text() + "]");
    }
    return new PathElement.Index(Integer.parseInt(digits));
  }
}
