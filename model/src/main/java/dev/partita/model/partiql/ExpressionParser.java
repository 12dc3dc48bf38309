package dev.partita.model.partiql;

import dev.partita.model.expression.ExpressionException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Parses expressions by the precedence of their operators; statements are terms of them, too. One
 * use.
 *
 * <p>Source: the PartiQL specification; texts of faults as the open-source parser of PartiQL words
 * them, which AWS's answers show.
 */
final class ExpressionParser {
  /** Expressions within expressions. */
  private static final int DEPTH_MAX = 100;

  private static final int PRECEDENCE_OR = 10;
  private static final int PRECEDENCE_AND = 20;
  private static final int PRECEDENCE_NOT = 30;
  private static final int PRECEDENCE_EQUALITY = 40;
  private static final int PRECEDENCE_COMPARISON = 50;
  private static final int PRECEDENCE_SUM = 60;
  private static final int PRECEDENCE_PRODUCT = 70;

  /** AWS's limit for an expression, here for a statement. */
  private static final int OPERATORS_MAX = 300;

  /** The lowest precedence: a whole expression. */
  private static final int PRECEDENCE_ANY = 0;

  private static final Map<String, Integer> PRECEDENCES =
      Map.ofEntries(
          Map.entry("or", PRECEDENCE_OR),
          Map.entry("and", PRECEDENCE_AND),
          Map.entry("=", PRECEDENCE_EQUALITY),
          Map.entry("<>", PRECEDENCE_EQUALITY),
          Map.entry("is", PRECEDENCE_EQUALITY),
          Map.entry("in", PRECEDENCE_EQUALITY),
          Map.entry("<", PRECEDENCE_COMPARISON),
          Map.entry("<=", PRECEDENCE_COMPARISON),
          Map.entry(">", PRECEDENCE_COMPARISON),
          Map.entry(">=", PRECEDENCE_COMPARISON),
          Map.entry("between", PRECEDENCE_COMPARISON),
          Map.entry("like", PRECEDENCE_COMPARISON),
          Map.entry("+", PRECEDENCE_SUM),
          Map.entry("-", PRECEDENCE_SUM),
          Map.entry("||", PRECEDENCE_SUM),
          Map.entry("/", PRECEDENCE_PRODUCT),
          Map.entry("%", PRECEDENCE_PRODUCT));

  private final SqlTokens tokens;
  private final StatementParser statements;
  private final TypeNames types;
  private int operators;
  private int depth;

  ExpressionParser(SqlTokens tokens, StatementParser statements) {
    this.tokens = tokens;
    this.statements = statements;
    this.types = new TypeNames(tokens);
  }

  /** A whole expression, which must come next. */
  Expression expression() {
    return expression(PRECEDENCE_ANY);
  }

  private Expression expression(int precedence) {
    depth++;
    if (depth > DEPTH_MAX) {
      throw StatementFaults.malformed("The statement is nested too deeply");
    }
    Expression left = unary();
    while (true) {
      SqlToken operator = tokens.peek();
      boolean negated = operator.is("not") && isNegatable(tokens.peekSecond());
      SqlToken infix = negated ? tokens.peekSecond() : operator;
      if (precedenceOf(infix) <= precedence) {
        depth--;
        return left;
      }
      countOperator();
      if (negated) {
        tokens.next();
      }
      tokens.next();
      Expression whole = infix(left, infix);
      left = negated ? new Expression.Operation(operator, "not", List.of(whole)) : whole;
    }
  }

  private void countOperator() {
    operators++;
    if (operators > OPERATORS_MAX) {
      throw new ExpressionException(
          "The expression contains too many operators; operator count: " + operators);
    }
  }

  private static boolean isNegatable(SqlToken token) {
    return token.is("in") || token.is("between") || token.is("like");
  }

  private static int precedenceOf(SqlToken token) {
    return switch (token.kind()) {
      case STAR -> PRECEDENCE_PRODUCT;
      case OPERATOR -> PRECEDENCES.getOrDefault(token.text(), PRECEDENCE_ANY);
      case NAME, KEYWORD, TEXT, NUMBER, BOOLEAN, NULL, MISSING, PARAMETER, PUNCTUATION, END ->
          PRECEDENCE_ANY;
    };
  }

  /** What {@code operator}, just passed, makes of its left side and what follows. */
  private Expression infix(Expression left, SqlToken operator) {
    return switch (operator.text()) {
      case "is" -> isType(left, operator);
      case "in" -> new Expression.Operation(operator, "in", List.of(left, candidates(operator)));
      case "between" -> between(left, operator);
      case "and", "or" -> joined(left, operator);
      default ->
          new Expression.Operation(operator, operator.text(), List.of(left, right(operator)));
    };
  }

  private Expression right(SqlToken operator) {
    if (tokens.peek().kind() == SqlToken.Kind.END) {
      throw StatementFaults.malformed("Missing right-hand side expression of infix operator");
    }
    return expression(precedenceOf(operator));
  }

  /** Chains of AND or OR become one operation, so that none is deep. */
  private Expression joined(Expression left, SqlToken operator) {
    List<Expression> operands = new ArrayList<>();
    operands.add(left);
    operands.add(right(operator));
    while (tokens.peek().is(operator.text())) {
      countOperator();
      operands.add(right(tokens.next()));
    }
    return new Expression.Operation(operator, operator.text(), List.copyOf(operands));
  }

  private Expression isType(Expression operand, SqlToken operator) {
    SqlToken not = tokens.peek();
    boolean negated = tokens.pass("not");
    Expression is = new Expression.IsType(operator, operand, types.next());
    return negated ? new Expression.Operation(not, "not", List.of(is)) : is;
  }

  private Expression candidates(SqlToken operator) {
    SqlToken open = tokens.peek();
    if (open.is("(") && !tokens.peekSecond().isKeyword("select")) {
      tokens.next();
      List<Expression> elements = commaList();
      tokens.expect(")", "RIGHT_PAREN");
      return new Expression.ListOf(open, elements);
    }
    return right(operator);
  }

  private Expression between(Expression operand, SqlToken operator) {
    Expression low = right(operator);
    if (!tokens.pass("and")) {
      throw StatementFaults.malformed("Expected AND");
    }
    if (tokens.peek().kind() == SqlToken.Kind.END) {
      throw StatementFaults.malformed("Expected expression after AND");
    }
    Expression high = expression(PRECEDENCE_COMPARISON);
    return new Expression.Operation(operator, "between", List.of(operand, low, high));
  }

  private Expression unary() {
    SqlToken sign = tokens.peek();
    if (sign.is("not")) {
      tokens.next();
      countOperator();
      return new Expression.Operation(sign, "not", List.of(expression(PRECEDENCE_NOT)));
    }
    if (!sign.is("+") && !sign.is("-")) {
      return path(term());
    }
    boolean negative = false;
    while (tokens.peek().is("+") || tokens.peek().is("-")) {
      negative ^= tokens.next().is("-");
    }
    Expression operand = tokens.peek().is("not") ? unary() : path(term());
    if (operand instanceof Expression.Numeral(SqlToken token, BigDecimal value)) {
      return new Expression.Numeral(token, negative ? value.negate() : value);
    }
    return new Expression.Operation(sign, sign.text(), List.of(operand));
  }

  private Expression path(Expression root) {
    List<Expression.Step> steps = new ArrayList<>();
    while (true) {
      if (tokens.pass(".")) {
        steps.add(field());
      } else if (tokens.pass("[")) {
        steps.add(subscript());
      } else {
        return steps.isEmpty() ? root : new Expression.Path(root.token(), root, List.copyOf(steps));
      }
    }
  }

  /** A path of names, and indices that are literals: what statements read or write. */
  Expression simplePath() {
    SqlToken token = tokens.peek();
    if (token.kind() != SqlToken.Kind.NAME) {
      throw StatementFaults.malformed("Expected identifier for simple path");
    }
    tokens.next();
    Expression path = path(new Expression.Name(token, token.text()));
    if (path instanceof Expression.Path steps) {
      for (Expression.Step step : steps.steps()) {
        checkSimple(step);
      }
    }
    return path;
  }

  private static void checkSimple(Expression.Step step) {
    switch (step) {
      case Expression.Step.Field ignored -> {}
      case Expression.Step.Everything ignored ->
          throw StatementFaults.malformed("Invalid path dot component for simple path");
      case Expression.Step.Subscript(SqlToken ignored, Expression index) -> {
        if (!(index instanceof Expression.Numeral || index instanceof Expression.Text)) {
          throw StatementFaults.malformed("Invalid path component for simple path");
        }
      }
    }
  }

  private Expression.Step field() {
    SqlToken name = tokens.next();
    return switch (name.kind()) {
      case NAME -> new Expression.Step.Field(name, name.text());
      case STAR -> new Expression.Step.Everything(name);
      case KEYWORD, OPERATOR, TEXT, NUMBER, BOOLEAN, NULL, MISSING, PARAMETER, PUNCTUATION, END ->
          throw StatementFaults.malformed("Invalid path dot component");
    };
  }

  private Expression.Step subscript() {
    SqlToken first = tokens.peek();
    Expression.Step step;
    if (first.kind() == SqlToken.Kind.STAR) {
      tokens.next();
      step = new Expression.Step.Everything(first);
    } else {
      Expression index = expression();
      step = new Expression.Step.Subscript(index.token(), index);
    }
    tokens.expect("]", "RIGHT_BRACKET");
    return step;
  }

  private Expression term() {
    SqlToken token = tokens.peek();
    return switch (token.kind()) {
      case TEXT -> new Expression.Text(tokens.next(), token.text());
      case NUMBER ->
          new Expression.Numeral(
              tokens.next(), token.number() == null ? BigDecimal.ZERO : token.number());
      case BOOLEAN -> new Expression.Truth(tokens.next(), token.text().equals("true"));
      case NULL -> new Expression.Null(tokens.next());
      case MISSING -> new Expression.Missing(tokens.next());
      case PARAMETER -> new Expression.Parameter(token, tokens.nextParameter());
      case NAME ->
          tokens.peekSecond().is("(") ? call() : new Expression.Name(tokens.next(), token.text());
      case KEYWORD -> keyword(token);
      case OPERATOR -> throw StatementFaults.malformed("Unexpected operator");
      case PUNCTUATION -> collection(token);
      case STAR, END -> throw StatementFaults.malformed("Unexpected term");
    };
  }

  private Expression keyword(SqlToken token) {
    return switch (token.text()) {
      case "select" -> statements.select();
      case "from" -> statements.fromFirst();
      case "insert" -> statements.insert();
      case "update" -> statements.update();
      case "delete" -> statements.delete();
      default -> {
        if (SqlKeywords.isFunction(token.text()) && tokens.peekSecond().is("(")) {
          yield call();
        }
        throw StatementFaults.malformed("Unexpected keyword");
      }
    };
  }

  private Expression call() {
    SqlToken name = tokens.next();
    String function = name.text().toLowerCase(Locale.ROOT);
    tokens.expect("(", "LEFT_PAREN");
    if (tokens.pass(")")) {
      return new Expression.Call(name, function, List.of());
    }
    if (tokens.peek().kind() == SqlToken.Kind.STAR) {
      if (!function.equals("count")) {
        throw StatementFaults.malformed(function + "(*) is not allowed");
      }
      tokens.next();
      tokens.expect(")", "RIGHT_PAREN");
      return new Expression.Call(name, function, List.of());
    }
    List<Expression> operands = commaList();
    tokens.expect(")", "RIGHT_PAREN");
    return new Expression.Call(name, function, operands);
  }

  private Expression collection(SqlToken open) {
    tokens.next();
    return switch (open.text()) {
      case "(" -> {
        List<Expression> group = commaList();
        tokens.expect(")", "RIGHT_PAREN");
        yield group.size() == 1 ? group.getFirst() : new Expression.ListOf(open, group);
      }
      case "[" -> {
        List<Expression> elements = tokens.peek().is("]") ? List.of() : commaList();
        tokens.expect("]", "RIGHT_BRACKET");
        yield new Expression.ListOf(open, elements);
      }
      case "<<" -> {
        List<Expression> elements = tokens.peek().is(">>") ? List.of() : commaList();
        tokens.expect(">>", "RIGHT_DOUBLE_ANGLE_BRACKET");
        yield new Expression.Bag(open, elements);
      }
      case "{" -> tuple(open);
      default -> throw StatementFaults.malformed("Unexpected term");
    };
  }

  private Expression tuple(SqlToken open) {
    List<Expression.Entry> entries = new ArrayList<>();
    if (tokens.pass("}")) {
      return new Expression.Tuple(open, entries);
    }
    do {
      Expression name = expression();
      tokens.expect(":", "COLON");
      entries.add(new Expression.Entry(name, expression()));
    } while (tokens.pass(","));
    tokens.expect("}", "RIGHT_CURLY");
    return new Expression.Tuple(open, List.copyOf(entries));
  }

  private List<Expression> commaList() {
    List<Expression> elements = new ArrayList<>();
    do {
      elements.add(expression());
    } while (tokens.pass(","));
    return List.copyOf(elements);
  }
}
