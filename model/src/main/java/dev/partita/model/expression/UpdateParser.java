package dev.partita.model.expression;

import dev.partita.model.expression.OperandSyntax.FunctionSyntax;
import dev.partita.model.expression.OperandSyntax.PathSyntax;
import dev.partita.model.expression.OperandSyntax.ValueSyntax;
import dev.partita.model.expression.UpdateSyntax.ActionSyntax;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Parses update expressions. One use. */
final class UpdateParser {
  private static final Set<String> FUNCTIONS = Set.of("if_not_exists", "list_append");
  private static final Set<String> CONDITION_FUNCTIONS =
      Set.of(
          "attribute_exists",
          "attribute_not_exists",
          "attribute_type",
          "begins_with",
          "contains",
          "size");

  /** Calls within calls; AWS allows as many as there may be operators. */
  private static final int CALL_DEPTH_MAX = 100;

  private final Tokens tokens;
  private final Faults faults = new Faults();
  private final PathParser paths;
  private final OperatorCount count;
  private final List<ActionSyntax> actions = new ArrayList<>();
  private int callDepth;

  private UpdateParser(String text) {
    this.tokens = new Tokens(ExpressionKind.UPDATE, text);
    this.paths = new PathParser(tokens, faults);
    this.count = new OperatorCount(ExpressionKind.UPDATE);
  }

  static UpdateSyntax parse(String text) {
    UpdateParser parser = new UpdateParser(text);
    parser.sections();
    parser.faults.throwAnyOfUpdate(ExpressionKind.UPDATE);
    return new UpdateSyntax(List.copyOf(parser.actions));
  }

  private void sections() {
    Set<String> seen = new HashSet<>();
    do {
      String name = tokens.peek().text().toUpperCase(Locale.ROOT);
      if (tokens.passWord("SET")) {
        actions(this::set);
      } else if (tokens.passWord("REMOVE")) {
        actions(() -> new ActionSyntax.Remove(paths.path()));
      } else if (tokens.passWord("ADD")) {
        actions(() -> new ActionSyntax.Add(paths.path(), value()));
      } else if (tokens.passWord("DELETE")) {
        actions(() -> new ActionSyntax.Delete(paths.path(), value()));
      } else {
        throw tokens.syntaxError();
      }
      if (!seen.add(name)) {
        faults.repeatedSection(name);
      }
    } while (tokens.peek().kind() != Token.Kind.END);
  }

  private interface ActionParser {
    ActionSyntax parse();
  }

  private void actions(ActionParser action) {
    do {
      actions.add(action.parse());
    } while (tokens.pass(","));
  }

  private ActionSyntax set() {
    PathSyntax path = paths.path();
    tokens.expect("=");
    return new ActionSyntax.Set(path, setValue());
  }

  private ValueSyntax value() {
    Token token = tokens.peek();
    if (token.kind() != Token.Kind.VALUE_PLACEHOLDER) {
      throw tokens.syntaxError();
    }
    tokens.next();
    return new ValueSyntax(token.text());
  }

  /** An operand, a sum or a difference; once more in parentheses if need be. */
  private OperandSyntax setValue() {
    if (!tokens.pass("(")) {
      return arithmetic(operand());
    }
    OperandSyntax first = operand();
    if (tokens.pass(")")) {
      // The parentheses hold one operand, which may be the first of a sum.
      return arithmetic(first);
    }
    OperandSyntax whole = arithmetic(first);
    tokens.expect(")");
    return whole;
  }

  private OperandSyntax arithmetic(OperandSyntax left) {
    Token operator = tokens.peek();
    if (!operator.is("+") && !operator.is("-")) {
      return left;
    }
    tokens.next();
    count.operator();
    return new FunctionSyntax(operator.text(), List.of(left, operand()));
  }

  private OperandSyntax operand() {
    if (!tokens.pass("(")) {
      return plainOperand();
    }
    OperandSyntax inner = plainOperand();
    tokens.expect(")");
    return inner;
  }

  private OperandSyntax plainOperand() {
    Token token = tokens.peek();
    if (token.kind() == Token.Kind.VALUE_PLACEHOLDER) {
      return value();
    }
    if (token.kind() == Token.Kind.WORD && tokens.peekSecond().is("(")) {
      return function();
    }
    return paths.path();
  }

  private FunctionSyntax function() {
    String name = tokens.next().text();
    tokens.expect("(");
    count.operator();
    callDepth++;
    if (callDepth > CALL_DEPTH_MAX) {
      throw ExpressionKind.UPDATE.invalid("The expression has too many nested functions");
    }
    List<OperandSyntax> operands = new ArrayList<>();
    do {
      operands.add(operand());
    } while (tokens.pass(","));
    tokens.expect(")");
    callDepth--;
    if (CONDITION_FUNCTIONS.contains(name)) {
      faults.foreignFunction("an update expression", name);
    } else if (!FUNCTIONS.contains(name)) {
      faults.unknownFunction(name);
    }
    for (OperandSyntax operand : operands) {
      if (operand instanceof FunctionSyntax inner && inner.name().equals("list_append")) {
        faults.misusedFunction(inner.name());
      }
    }
    return new FunctionSyntax(name, List.copyOf(operands));
  }
}
