package dev.partita.model.expression;

import dev.partita.model.expression.OperandSyntax.FunctionSyntax;
import dev.partita.model.expression.OperandSyntax.PathSyntax;
import dev.partita.model.expression.OperandSyntax.ValueSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Parses conditions, filters and key conditions, which share one grammar. A parenthesis may hold a
 * condition or an operand, and only what follows tells; so both are parsed by one descent, which
 * yields a {@link Part}. One use.
 */
final class ConditionParser {
  private static final Set<String> FUNCTIONS =
      Set.of(
          "attribute_exists",
          "attribute_not_exists",
          "attribute_type",
          "begins_with",
          "contains",
          "size");
  private static final Set<String> UPDATE_FUNCTIONS = Set.of("if_not_exists", "list_append");
  private static final int CANDIDATES_MAX = 100;

  private final Tokens tokens;
  private final Faults faults = new Faults();
  private final PathParser paths;
  private final OperatorCount count;

  /** A condition or an operand; grouped if parentheses stand right around it. */
  private sealed interface Part {
    boolean grouped();

    record Whole(ConditionSyntax condition, boolean grouped) implements Part {}

    record Side(OperandSyntax operand, boolean grouped) implements Part {}
  }

  private ConditionParser(ExpressionKind kind, String text) {
    this.tokens = new Tokens(kind, text);
    this.paths = new PathParser(tokens, faults);
    this.count = new OperatorCount(kind);
  }

  static ConditionSyntax parse(ExpressionKind kind, String text) {
    ConditionParser parser = new ConditionParser(kind, text);
    ConditionSyntax condition = parser.condition(parser.disjunction());
    parser.tokens.expectEnd();
    parser.faults.throwAny(kind);
    return condition;
  }

  private Part disjunction() {
    Part first = conjunction();
    if (!tokens.peek().isWord("OR")) {
      return first;
    }
    List<ConditionSyntax> parts = new ArrayList<>();
    parts.add(condition(first));
    while (tokens.passWord("OR")) {
      count.operator();
      parts.add(condition(conjunction()));
    }
    return new Part.Whole(new ConditionSyntax.Or(List.copyOf(parts)), false);
  }

  private Part conjunction() {
    Part first = negation();
    if (!tokens.peek().isWord("AND")) {
      return first;
    }
    List<ConditionSyntax> parts = new ArrayList<>();
    parts.add(condition(first));
    while (tokens.passWord("AND")) {
      count.operator();
      parts.add(condition(negation()));
    }
    return new Part.Whole(new ConditionSyntax.And(List.copyOf(parts)), false);
  }

  private Part negation() {
    if (!tokens.peek().isWord("NOT")) {
      return comparison();
    }
    boolean negated = false;
    while (tokens.passWord("NOT")) {
      count.operator();
      negated = !negated;
    }
    ConditionSyntax once = new ConditionSyntax.Not(condition(comparison()));
    // Two of them stand for any even number, however long.
    return new Part.Whole(negated ? once : new ConditionSyntax.Not(once), false);
  }

  /** The condition that must stand here; an operand alone is a fault at what follows it. */
  private ConditionSyntax condition(Part part) {
    return switch (part) {
      case Part.Whole whole -> whole.condition();
      case Part.Side(FunctionSyntax function, boolean ignored) -> {
        if (function.name().equals("size")) {
          faults.misusedFunction(function.name());
        }
        yield new ConditionSyntax.Call(function);
      }
      case Part.Side ignored -> throw tokens.syntaxError();
    };
  }

  private Part comparison() {
    Part left = tokens.peek().is("(") ? group() : new Part.Side(operand(), false);
    return switch (left) {
      case Part.Whole whole -> whole;
      case Part.Side side -> comparison(side);
    };
  }

  private Part group() {
    tokens.expect("(");
    count.enter();
    Part inner = disjunction();
    tokens.expect(")");
    count.leave();
    if (inner.grouped()) {
      faults.redundantParentheses();
    }
    return switch (inner) {
      case Part.Whole(ConditionSyntax condition, boolean ignored) ->
          new Part.Whole(condition, true);
      case Part.Side(PathSyntax path, boolean ignored) -> continuedPath(path);
      case Part.Side(OperandSyntax operand, boolean ignored) -> new Part.Side(operand, true);
    };
  }

  private Part.Side continuedPath(PathSyntax path) {
    PathSyntax whole = paths.continued(path);
    return new Part.Side(whole, whole.elements().size() == path.elements().size());
  }

  private Part comparison(Part.Side side) {
    OperandSyntax left = side.operand();
    Comparator comparator = Comparator.ofSymbol(tokens.peek().text());
    if (comparator != null) {
      tokens.next();
      count.operator();
      OperandSyntax right = groupedOperand();
      checkOperands(List.of(left, right));
      return new Part.Whole(new ConditionSyntax.Comparison(comparator, left, right), false);
    }
    if (tokens.passWord("BETWEEN")) {
      count.operator();
      OperandSyntax low = groupedOperand();
      if (!tokens.passWord("AND")) {
        throw tokens.syntaxError();
      }
      OperandSyntax high = groupedOperand();
      checkOperands(List.of(left, low, high));
      return new Part.Whole(new ConditionSyntax.Between(left, low, high), false);
    }
    if (tokens.passWord("IN")) {
      count.operator();
      List<OperandSyntax> candidates = operands();
      checkOperands(List.of(left));
      checkOperands(candidates);
      if (candidates.size() > CANDIDATES_MAX) {
        throw tokens
            .kind()
            .invalid(
                "The IN operator is provided with too many operands; number of operands: "
                    + candidates.size());
      }
      return new Part.Whole(new ConditionSyntax.In(left, candidates), false);
    }
    return side;
  }

  /** Only size may be an operand: the other functions are conditions. */
  private void checkOperands(List<OperandSyntax> operands) {
    for (OperandSyntax operand : operands) {
      if (operand instanceof FunctionSyntax function && !function.name().equals("size")) {
        faults.misusedFunction(function.name());
      }
    }
  }

  /** Operands in parentheses, at least one. */
  private List<OperandSyntax> operands() {
    tokens.expect("(");
    count.enter();
    List<OperandSyntax> operands = new ArrayList<>();
    do {
      operands.add(groupedOperand());
    } while (tokens.pass(","));
    tokens.expect(")");
    count.leave();
    return List.copyOf(operands);
  }

  private OperandSyntax groupedOperand() {
    return side().operand();
  }

  private Part.Side side() {
    if (!tokens.pass("(")) {
      return new Part.Side(operand(), false);
    }
    count.enter();
    Part.Side inner = side();
    tokens.expect(")");
    count.leave();
    if (inner.grouped()) {
      faults.redundantParentheses();
    }
    return inner.operand() instanceof PathSyntax path
        ? continuedPath(path)
        : new Part.Side(inner.operand(), true);
  }

  private OperandSyntax operand() {
    Token token = tokens.peek();
    if (token.kind() == Token.Kind.VALUE_PLACEHOLDER) {
      tokens.next();
      return new ValueSyntax(token.text());
    }
    if (token.kind() == Token.Kind.WORD && tokens.peekSecond().is("(") && !isOperator(token)) {
      return function();
    }
    return paths.path();
  }

  private static boolean isOperator(Token token) {
    return token.isWord("AND")
        || token.isWord("OR")
        || token.isWord("NOT")
        || token.isWord("BETWEEN")
        || token.isWord("IN");
  }

  private FunctionSyntax function() {
    String name = tokens.next().text();
    List<OperandSyntax> operands = operands();
    checkOperands(operands);
    if (UPDATE_FUNCTIONS.contains(name)) {
      faults.foreignFunction("a condition expression", name);
    } else if (!FUNCTIONS.contains(name)) {
      faults.unknownFunction(name);
    }
    return new FunctionSyntax(name, operands);
  }
}
