package dev.partita.model.expression;

import dev.partita.model.expression.OperandSyntax.FunctionSyntax;
import dev.partita.model.expression.OperandSyntax.PathSyntax;
import dev.partita.model.expression.OperandSyntax.ValueSyntax;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Parses conditions, filters and key conditions, which share one grammar. A parenthesis may hold a
 * condition or an operand, and only what follows tells; so both are parsed as a {@link Part}. One
 * use.
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

  /**
   * Levels of parentheses and calls within an operand. Deeper ones are faulty anyway: parentheses
   * are redundant, and the one function that may be an operand takes no function.
   */
  private static final int OPERAND_DEPTH_MAX = 32;

  private final Tokens tokens;
  private final Faults faults = new Faults();
  private final PathParser paths;
  private final OperatorCount count;
  private int operandDepth;

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
    ConditionSyntax condition = parser.condition(parser.whole());
    parser.tokens.expectEnd();
    parser.faults.throwAny(kind);
    return condition;
  }

  /** What has been read of one level of parentheses. */
  private static final class Level {
    /** Joined by OR; each is complete. */
    private final List<ConditionSyntax> alternatives = new ArrayList<>(2);

    /** Joined by AND; part of the next alternative. */
    private List<ConditionSyntax> conjuncts = new ArrayList<>(2);

    /** NOTs in front of the next part. */
    private int negations;

    void and(ConditionSyntax part) {
      conjuncts.add(part);
    }

    void or(ConditionSyntax part) {
      conjuncts.add(part);
      alternatives.add(
          conjuncts.size() == 1 ? part : new ConditionSyntax.And(List.copyOf(conjuncts)));
      conjuncts = new ArrayList<>(2);
    }

    boolean isEmpty() {
      return alternatives.isEmpty() && conjuncts.isEmpty();
    }

    ConditionSyntax close(ConditionSyntax last) {
      or(last);
      return alternatives.size() == 1
          ? alternatives.getFirst()
          : new ConditionSyntax.Or(List.copyOf(alternatives));
    }
  }

  /** The levels of parentheses are kept here and not on the stack, which no text may exhaust. */
  private Part whole() {
    Deque<Level> outer = new ArrayDeque<>();
    Level level = new Level();
    while (true) {
      while (tokens.passWord("NOT")) {
        count.operator();
        level.negations++;
      }
      if (tokens.pass("(")) {
        outer.push(level);
        level = new Level();
        continue;
      }
      Part part = negated(level, comparison(new Part.Side(operand(), false)));
      while (!continues(level, part)) {
        Part inner = level.isEmpty() ? part : new Part.Whole(level.close(condition(part)), false);
        if (outer.isEmpty()) {
          return inner;
        }
        tokens.expect(")");
        level = outer.pop();
        part = negated(level, grouped(inner));
      }
    }
  }

  /** Takes the part over if AND or OR follows. */
  private boolean continues(Level level, Part part) {
    if (tokens.peek().isWord("AND")) {
      level.and(condition(part));
    } else if (tokens.peek().isWord("OR")) {
      level.or(condition(part));
    } else {
      return false;
    }
    tokens.next();
    count.operator();
    return true;
  }

  private Part negated(Level level, Part part) {
    if (level.negations == 0) {
      return part;
    }
    ConditionSyntax once = new ConditionSyntax.Not(condition(part));
    // Two of them stand for any even number, however long.
    boolean odd = level.negations % 2 == 1;
    level.negations = 0;
    return new Part.Whole(odd ? once : new ConditionSyntax.Not(once), false);
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

  /** What stood in parentheses, and the comparison that it is the left side of, if it is one. */
  private Part grouped(Part inner) {
    if (inner.grouped()) {
      faults.redundantParentheses();
    }
    return switch (inner) {
      case Part.Whole(ConditionSyntax condition, boolean ignored) ->
          new Part.Whole(condition, true);
      case Part.Side(PathSyntax path, boolean ignored) -> comparison(continuedPath(path));
      case Part.Side(OperandSyntax operand, boolean ignored) ->
          comparison(new Part.Side(operand, true));
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
    List<OperandSyntax> operands = new ArrayList<>();
    do {
      operands.add(groupedOperand());
    } while (tokens.pass(","));
    tokens.expect(")");
    return List.copyOf(operands);
  }

  private OperandSyntax groupedOperand() {
    return side().operand();
  }

  private Part.Side side() {
    if (!tokens.pass("(")) {
      return new Part.Side(operand(), false);
    }
    operandDepth++;
    if (operandDepth > OPERAND_DEPTH_MAX) {
      throw tokens.kind().invalid("The expression has redundant parentheses;");
    }
    Part.Side inner = side();
    operandDepth--;
    tokens.expect(")");
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
    operandDepth++;
    if (operandDepth > OPERAND_DEPTH_MAX) {
      throw tokens
          .kind()
          .invalid(
              "Incorrect operand type for operator or function; operator or function: "
                  + name
                  + ", operand type: N");
    }
    List<OperandSyntax> operands = operands();
    operandDepth--;
    checkOperands(operands);
    if (UPDATE_FUNCTIONS.contains(name)) {
      faults.foreignFunction("a condition expression", name);
    } else if (!FUNCTIONS.contains(name)) {
      faults.unknownFunction(name);
    }
    return new FunctionSyntax(name, operands);
  }
}
