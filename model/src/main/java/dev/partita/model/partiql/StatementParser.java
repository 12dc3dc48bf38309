package dev.partita.model.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses statements. One use. */
final class StatementParser {
  private final SqlTokens tokens;
  private final ExpressionParser expressions;

  /** A parsed text. */
  record Parsed(Expression expression, int parameters) {}

  private StatementParser(String text) {
    this.tokens = new SqlTokens(text);
    this.expressions = new ExpressionParser(tokens, this);
  }

  static Parsed parse(String text) {
    StatementParser parser = new StatementParser(text);
    Expression expression = parser.expressions.expression();
    parser.tokens.expectEnd();
    return new Parsed(expression, parser.tokens.parameters());
  }

  /** {@code SELECT columns FROM sources WHERE condition ORDER BY keys}. */
  Expression.Select select() {
    SqlToken token = tokens.next();
    Expression.Unsupported unsupported = null;
    if (tokens.peek().isKeyword("distinct")) {
      unsupported = new Expression.Unsupported("DISTINCT", tokens.next());
    } else if (!tokens.passKeyword("all") && tokens.peek().isKeyword("value")) {
      unsupported = new Expression.Unsupported("SELECT VALUE", tokens.next());
    }
    List<Expression.Column> columns = columns();
    if (!tokens.passKeyword("from")) {
      throw StatementFaults.malformed("Expected FROM after SELECT list");
    }
    List<Expression.Source> sources = sources();
    Expression where = where();
    List<Expression.Order> order = order();
    Expression.Unsupported clause = unknownClause();
    return new Expression.Select(
        token, columns, sources, where, order, unsupported == null ? clause : unsupported);
  }

  /** Null for {@code *}. */
  private @Nullable List<Expression.Column> columns() {
    List<Expression.Column> columns = new ArrayList<>();
    boolean everything = false;
    do {
      if (tokens.peek().kind() == SqlToken.Kind.STAR) {
        tokens.next();
        if (everything || !columns.isEmpty()) {
          throw starNotAlone();
        }
        everything = true;
      } else if (everything) {
        throw starNotAlone();
      } else {
        Expression value = expressions.expression();
        columns.add(new Expression.Column(value, alias()));
      }
    } while (tokens.pass(","));
    return everything ? null : List.copyOf(columns);
  }

  private static RuntimeException starNotAlone() {
    return StatementFaults.malformed(
        "Other expressions may not be present in the select list when '*' is used without dot"
            + " notation.");
  }

  /** Passes another name, if one is given. */
  private boolean alias() {
    if (tokens.passKeyword("as") || tokens.passKeyword("at")) {
      if (tokens.next().kind() != SqlToken.Kind.NAME) {
        throw StatementFaults.malformed("Expected identifier for alias");
      }
      return true;
    }
    if (tokens.peek().kind() == SqlToken.Kind.NAME) {
      tokens.next();
      return true;
    }
    return false;
  }

  private List<Expression.Source> sources() {
    List<Expression.Source> sources = new ArrayList<>();
    do {
      Expression value = expressions.expression();
      sources.add(new Expression.Source(value, alias()));
    } while (tokens.pass(",") || join());
    return List.copyOf(sources);
  }

  private boolean join() {
    boolean kind =
        tokens.passKeyword("inner")
            || tokens.passKeyword("cross")
            || tokens.passKeyword("left")
            || tokens.passKeyword("right")
            || tokens.passKeyword("full");
    if (tokens.passKeyword("join")) {
      return true;
    }
    if (kind) {
      throw StatementFaults.malformed("Expected JOIN");
    }
    return false;
  }

  private @Nullable Expression where() {
    return tokens.passKeyword("where") ? expressions.expression() : null;
  }

  private List<Expression.Order> order() {
    List<Expression.Order> order = new ArrayList<>();
    if (tokens.passKeyword("order")) {
      if (!tokens.passKeyword("by")) {
        throw StatementFaults.malformed("Expected BY");
      }
      do {
        Expression key = expressions.expression();
        boolean descending = tokens.passKeyword("desc");
        if (!descending) {
          tokens.passKeyword("asc");
        }
        order.add(new Expression.Order(key, descending));
      } while (tokens.pass(","));
    }
    return List.copyOf(order);
  }

  /** Passes the clauses of PartiQL that DynamoDB does not know, and tells the first. */
  private Expression.@Nullable Unsupported unknownClause() {
    Expression.Unsupported first = null;
    while (true) {
      SqlToken clause = tokens.peek();
      boolean grouping = clause.isKeyword("group");
      if (!grouping
          && !clause.isKeyword("having")
          && !clause.isKeyword("limit")
          && !clause.isKeyword("offset")) {
        return first;
      }
      tokens.next();
      if (grouping && !tokens.passKeyword("by")) {
        throw StatementFaults.malformed("Expected BY");
      }
      SqlToken content;
      do {
        content = expressions.expression().token();
      } while (grouping && tokens.pass(","));
      if (first == null) {
        String name = grouping ? "GROUP BY" : clause.text().toUpperCase(Locale.ROOT);
        first = new Expression.Unsupported(name, content);
      }
    }
  }

  /** {@code INSERT INTO target VALUE value}. */
  Expression.Insert insert() {
    SqlToken token = tokens.next();
    if (!tokens.passKeyword("into")) {
      throw StatementFaults.malformed("Unexpected keyword");
    }
    Expression target = expressions.simplePath();
    boolean bare = !tokens.passKeyword("value");
    return new Expression.Insert(token, target, expressions.expression(), bare);
  }

  /** {@code UPDATE source actions WHERE condition RETURNING what}. */
  Expression.Update update() {
    SqlToken token = tokens.next();
    Expression.Source source = target();
    List<Expression.Action> actions = actions();
    Expression where = where();
    return new Expression.Update(token, List.of(source), actions, where, returning());
  }

  /** {@code FROM source WHERE condition actions RETURNING what}: an update, too. */
  Expression.Update fromFirst() {
    SqlToken token = tokens.next();
    List<Expression.Source> sources = sources();
    Expression where = where();
    List<Expression.Action> actions = actions();
    return new Expression.Update(token, sources, actions, where, returning());
  }

  /** {@code DELETE FROM source WHERE condition RETURNING what}. */
  Expression.Delete delete() {
    SqlToken token = tokens.next();
    if (!tokens.passKeyword("from")) {
      throw StatementFaults.malformed("Expected FROM after DELETE");
    }
    Expression.Source source = target();
    Expression where = where();
    return new Expression.Delete(token, source, where, returning());
  }

  private Expression.Source target() {
    Expression path = expressions.simplePath();
    return new Expression.Source(path, alias());
  }

  private List<Expression.Action> actions() {
    List<Expression.Action> actions = new ArrayList<>();
    while (true) {
      if (tokens.passKeyword("set")) {
        do {
          actions.add(assignment());
        } while (tokens.pass(","));
      } else if (tokens.passKeyword("remove")) {
        actions.add(new Expression.Action.Remove(expressions.simplePath()));
      } else if (tokens.peek().isKeyword("insert")) {
        actions.add(new Expression.Action.Insertion(insert()));
      } else if (actions.isEmpty()) {
        throw StatementFaults.malformed("Expected data manipulation");
      } else {
        return List.copyOf(actions);
      }
    }
  }

  private Expression.Action assignment() {
    Expression target = expressions.simplePath();
    if (!tokens.pass("=")) {
      throw StatementFaults.malformed("Expected '='");
    }
    return new Expression.Action.Assign(target, expressions.expression());
  }

  private @Nullable Returning returning() {
    if (!tokens.passKeyword("returning")) {
      return null;
    }
    boolean all = tokens.passKeyword("all");
    if (!all && !tokens.passKeyword("modified")) {
      throw returningExpected();
    }
    boolean old = tokens.passKeyword("old");
    if (!old && !tokens.passKeyword("new")) {
      throw returningExpected();
    }
    if (tokens.peek().kind() != SqlToken.Kind.STAR) {
      throw StatementFaults.malformed("Unsupported syntax in RETURNING columns.");
    }
    tokens.next();
    if (all) {
      return old ? Returning.ALL_OLD : Returning.ALL_NEW;
    }
    return old ? Returning.MODIFIED_OLD : Returning.MODIFIED_NEW;
  }

  private static RuntimeException returningExpected() {
    return StatementFaults.malformed(
        "Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element.");
  }
}
