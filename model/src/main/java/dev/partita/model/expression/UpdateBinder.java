package dev.partita.model.expression;

import dev.partita.base.InvariantBrokenException;
import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.expression.OperandSyntax.FunctionSyntax;
import dev.partita.model.expression.OperandSyntax.LiteralSyntax;
import dev.partita.model.expression.OperandSyntax.PathSyntax;
import dev.partita.model.expression.OperandSyntax.TruthSyntax;
import dev.partita.model.expression.OperandSyntax.ValueSyntax;
import dev.partita.model.expression.UpdateSyntax.ActionSyntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces an update's placeholders and checks what can be checked without an item. As AWS, it
 * reports, of several faults, undefined names first, then undefined values, paths that overlap or
 * conflict, operands of ADD and DELETE, and functions. One use.
 */
final class UpdateBinder {
  private static final UpdateValue NOTHING = new UpdateValue.Literal(AttributeValue.NullValue.NULL);

  private final ExpressionKind kind;
  private final PlaceholderValues placeholders;
  private @Nullable String operandFault;
  private @Nullable String functionFault;

  UpdateBinder(ExpressionKind kind, PlaceholderValues placeholders) {
    this.kind = kind;
    this.placeholders = placeholders;
  }

  Update bind(UpdateSyntax syntax) {
    List<Path> paths = new ArrayList<>(syntax.actions().size());
    List<UpdateAction> actions = new ArrayList<>(syntax.actions().size());
    for (ActionSyntax action : syntax.actions()) {
      Path path = placeholders.resolve(kind, action.path());
      paths.add(path);
      actions.add(action(action, path, syntax));
    }
    PathTree<UpdateAction> tree = PathTree.of(kind, paths, actions);
    if (operandFault != null) {
      throw kind.invalid(operandFault);
    }
    if (functionFault != null) {
      throw kind.invalid(functionFault);
    }
    return Update.of(tree, actions);
  }

  private UpdateAction action(ActionSyntax action, Path path, UpdateSyntax whole) {
    return switch (action) {
      case ActionSyntax.Set set ->
          new UpdateAction.Put(kind, value(set.value(), whole), path.length());
      case ActionSyntax.Remove ignored -> new UpdateAction.Remove();
      case ActionSyntax.Add add -> {
        AttributeValue operand = operand(add.value(), whole);
        checkOperand("ADD", operand, operand.type() == AttributeType.N);
        yield new UpdateAction.Add(operand, false);
      }
      case ActionSyntax.Delete delete -> {
        AttributeValue operand = operand(delete.value(), whole);
        checkOperand("DELETE", operand, false);
        yield new UpdateAction.Delete(operand, false);
      }
    };
  }

  private void checkOperand(String operator, AttributeValue operand, boolean allowed) {
    if (allowed || operandFault != null) {
      return;
    }
    String type =
        switch (operand.type()) {
          case S -> "STRING";
          case N -> "NUMBER";
          case B -> "BINARY";
          case BOOL -> "BOOLEAN";
          case NULL -> "NULL";
          case L -> "LIST";
          case M -> "MAP";
          case SS, NS, BS -> "";
        };
    if (!type.isEmpty()) {
      operandFault =
          "Incorrect operand type for operator or function; operator: "
              + operator
              + ", operand type: "
              + type;
    }
  }

  /** The operand of ADD or DELETE. */
  private AttributeValue operand(OperandSyntax syntax, UpdateSyntax whole) {
    return switch (syntax) {
      case ValueSyntax value -> literal(value, whole);
      case LiteralSyntax(AttributeValue value) -> value;
      case PathSyntax ignored -> throw unexpected(syntax);
      case FunctionSyntax ignored -> throw unexpected(syntax);
      case TruthSyntax ignored -> throw unexpected(syntax);
    };
  }

  private static InvariantBrokenException unexpected(OperandSyntax syntax) {
    return new InvariantBrokenException("Parser let pass " + syntax);
  }

  private AttributeValue literal(ValueSyntax syntax, UpdateSyntax whole) {
    if (!placeholders.isDefined(syntax)) {
      for (ActionSyntax action : whole.actions()) {
        checkNames(action.path());
        if (action instanceof ActionSyntax.Set set) {
          checkNames(set.value());
        }
      }
    }
    return placeholders.resolve(kind, syntax);
  }

  private void checkNames(OperandSyntax syntax) {
    switch (syntax) {
      case PathSyntax path -> placeholders.resolve(kind, path);
      case ValueSyntax ignored -> {}
      case LiteralSyntax ignored -> {}
      case TruthSyntax ignored -> {}
      case FunctionSyntax function -> function.operands().forEach(this::checkNames);
    }
  }

  private UpdateValue value(OperandSyntax syntax, UpdateSyntax whole) {
    return switch (syntax) {
      case PathSyntax path -> new UpdateValue.OfPath(placeholders.resolve(kind, path));
      case ValueSyntax value -> new UpdateValue.Literal(literal(value, whole));
      case LiteralSyntax(AttributeValue value) -> new UpdateValue.Literal(value);
      case TruthSyntax ignored -> throw unexpected(syntax);
      case FunctionSyntax(String name, List<OperandSyntax> operands) -> {
        List<UpdateValue> values = new ArrayList<>(operands.size());
        for (OperandSyntax operand : operands) {
          values.add(value(operand, whole));
        }
        if (values.size() != 2) {
          functionFault(
              "Incorrect number of operands for operator or function; operator or function: "
                  + name
                  + ", number of operands: "
                  + values.size());
          yield NOTHING;
        }
        yield function(name, values.get(0), values.get(1));
      }
    };
  }

  private UpdateValue function(String name, UpdateValue first, UpdateValue second) {
    return switch (name) {
      case "if_not_exists" -> {
        if (first instanceof UpdateValue.OfPath(Path path)) {
          yield new UpdateValue.IfNotExists(path, second);
        }
        functionFault(
            "Operator or function requires a document path; operator or function: " + name);
        yield NOTHING;
      }
      case "list_append" -> {
        checkType(name, first, AttributeType.L);
        checkType(name, second, AttributeType.L);
        yield new UpdateValue.ListAppend(first, second);
      }
      case "+", "-" -> {
        checkType(name, first, AttributeType.N);
        checkType(name, second, AttributeType.N);
        yield new UpdateValue.Sum(first, second, name.equals("-"));
      }
      default -> throw new InvariantBrokenException("Parser let pass " + name);
    };
  }

  private void checkType(String operator, UpdateValue value, AttributeType wanted) {
    AttributeType type =
        switch (value) {
          case UpdateValue.Literal(AttributeValue literal) -> literal.type();
          case UpdateValue.ListAppend ignored -> AttributeType.L;
          case UpdateValue.Sum ignored -> AttributeType.N;
          case UpdateValue.OfPath ignored -> wanted;
          case UpdateValue.IfNotExists ignored -> wanted;
        };
    if (type != wanted) {
      functionFault(
          "Incorrect operand type for operator or function; operator or function: "
              + operator
              + ", operand type: "
              + type);
    }
  }

  private void functionFault(String reason) {
    if (functionFault == null) {
      functionFault = reason;
    }
  }
}
