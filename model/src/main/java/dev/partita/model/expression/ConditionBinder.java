package dev.partita.model.expression;

import dev.partita.base.InvariantBrokenException;
import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.ValueOrder;
import dev.partita.model.expression.OperandSyntax.FunctionSyntax;
import dev.partita.model.expression.OperandSyntax.LiteralSyntax;
import dev.partita.model.expression.OperandSyntax.PathSyntax;
import dev.partita.model.expression.OperandSyntax.TruthSyntax;
import dev.partita.model.expression.OperandSyntax.ValueSyntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a condition's placeholders and checks what can be checked without an item. As AWS, it
 * goes from one primitive condition to the next and checks each in this order: placeholders,
 * numbers of operands, distinct operands, types.
 */
final class ConditionBinder {
  private static final String TYPE_NAMES = "{B,NULL,SS,BOOL,L,BS,N,NS,S,M}";
  private static final String STATEMENT_TYPE_NAMES = "{N,BS,L,B,NULL,M,S,SS,NS,BOOL}";
  private static final String ANY_TYPE = "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}";

  private final ExpressionKind kind;
  private final PlaceholderValues placeholders;

  ConditionBinder(ExpressionKind kind, PlaceholderValues placeholders) {
    this.kind = kind;
    this.placeholders = placeholders;
  }

  Condition bind(ConditionSyntax syntax) {
    return switch (syntax) {
      case ConditionSyntax.And(List<ConditionSyntax> parts) -> new Conditions.AllOf(bind(parts));
      case ConditionSyntax.Or(List<ConditionSyntax> parts) -> new Conditions.AnyOf(bind(parts));
      case ConditionSyntax.Not(ConditionSyntax part) -> new Conditions.Not(bind(part));
      case ConditionSyntax.Comparison comparison -> comparison(comparison);
      case ConditionSyntax.Between between -> between(between);
      case ConditionSyntax.In in -> in(in);
      case ConditionSyntax.Call(FunctionSyntax function) -> call(function);
    };
  }

  private List<Condition> bind(List<ConditionSyntax> parts) {
    List<Condition> bound = new ArrayList<>(parts.size());
    for (ConditionSyntax part : parts) {
      bound.add(bind(part));
    }
    return bound;
  }

  private Condition comparison(ConditionSyntax.Comparison comparison) {
    Operand left = operand(comparison.left());
    Operand right = operand(comparison.right());
    checkCounts(comparison.left());
    checkCounts(comparison.right());
    Comparator comparator = comparison.comparator();
    checkDistinct(comparator.symbol(), left, right);
    checkSizes(left);
    checkSizes(right);
    if (comparator.isOrder()) {
      checkOrdered(comparator.symbol(), left);
      checkOrdered(comparator.symbol(), right);
    }
    return new Conditions.Compare(comparator, left, right);
  }

  private Condition between(ConditionSyntax.Between between) {
    Operand operand = operand(between.operand());
    Operand low = operand(between.low());
    Operand high = operand(between.high());
    checkCounts(between.operand());
    checkCounts(between.low());
    checkCounts(between.high());
    checkSizes(operand);
    checkSizes(low);
    checkSizes(high);
    checkOrdered("BETWEEN", operand);
    checkOrdered("BETWEEN", low);
    checkOrdered("BETWEEN", high);
    checkBounds(low, high);
    return new Conditions.Between(operand, low, high);
  }

  private Condition in(ConditionSyntax.In in) {
    Operand operand = operand(in.operand());
    List<Operand> candidates = new ArrayList<>(in.candidates().size());
    for (OperandSyntax candidate : in.candidates()) {
      candidates.add(operand(candidate));
    }
    checkCounts(in.operand());
    in.candidates().forEach(this::checkCounts);
    checkSizes(operand);
    candidates.forEach(this::checkSizes);
    return new Conditions.In(operand, candidates);
  }

  private Condition call(FunctionSyntax function) {
    List<Operand> operands = new ArrayList<>(function.operands().size());
    for (OperandSyntax operand : function.operands()) {
      operands.add(operand(operand));
    }
    checkCounts(function);
    if (operands.size() == 2) {
      checkDistinct(function.name(), operands.get(0), operands.get(1));
    }
    operands.forEach(this::checkSizes);
    return switch (function.name()) {
      case "attribute_exists" -> exists(function, operands, true);
      case "attribute_not_exists" -> exists(function, operands, false);
      case "attribute_type" -> hasType(operands);
      case "begins_with" -> {
        checkBeginning(operands.get(0));
        checkBeginning(operands.get(1));
        yield new Conditions.BeginsWith(operands.get(0), operands.get(1));
      }
      case "contains" -> new Conditions.Contains(operands.get(0), operands.get(1));
      default -> throw new InvariantBrokenException("Parser let pass " + function.name());
    };
  }

  private Condition exists(FunctionSyntax function, List<Operand> operands, boolean wanted) {
    if (operands.getFirst() instanceof Operand.OfPath(Path path)) {
      return new Conditions.Exists(path, wanted);
    }
    throw kind.invalid(
        "Operator or function requires a document path; operator or function: " + function.name());
  }

  private Condition hasType(List<Operand> operands) {
    if (operands.get(1) instanceof Operand.Literal(AttributeValue.StringValue(String name))) {
      AttributeType type = typeNamed(name);
      if (type == null) {
        throw kind.invalid(
            "Invalid attribute type name found; type: "
                + name
                + ", valid types: "
                + (kind == ExpressionKind.STATEMENT ? STATEMENT_TYPE_NAMES : TYPE_NAMES));
      }
      return new Conditions.HasType(operands.get(0), type);
    }
    AttributeType actual = operands.get(1).knownType();
    throw wrongType("attribute_type", actual == null ? ANY_TYPE : actual.name());
  }

  private static @Nullable AttributeType typeNamed(String name) {
    for (AttributeType type : AttributeType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return null;
  }

  private Operand operand(OperandSyntax syntax) {
    return switch (syntax) {
      case PathSyntax path -> new Operand.OfPath(placeholders.resolve(kind, path));
      case ValueSyntax value -> new Operand.Literal(placeholders.resolve(kind, value));
      case LiteralSyntax(AttributeValue value) -> new Operand.Literal(value);
      case TruthSyntax(ConditionSyntax condition) -> new Operand.Truth(bind(condition));
      case FunctionSyntax function -> {
        // The parser lets no other function than size be an operand; its operands may be too many,
        // and in a statement too few.
        if (function.operands().isEmpty()) {
          checkCounts(function);
        }
        Operand first = operand(function.operands().getFirst());
        for (int i = 1; i < function.operands().size(); i++) {
          operand(function.operands().get(i));
        }
        yield new Operand.Size(first);
      }
    };
  }

  private void checkCounts(OperandSyntax syntax) {
    if (syntax instanceof FunctionSyntax(String name, List<OperandSyntax> operands)) {
      operands.forEach(this::checkCounts);
      int wanted =
          switch (name) {
            case "attribute_type", "begins_with", "contains" -> 2;
            default -> 1;
          };
      if (operands.size() != wanted) {
        throw kind.invalid(
            "Incorrect number of operands for operator or function; operator or function: "
                + name
                + ", number of operands: "
                + operands.size());
      }
    }
  }

  private void checkDistinct(String operator, Operand left, Operand right) {
    if (left instanceof Operand.OfPath(Path one)
        && right instanceof Operand.OfPath(Path two)
        && one.equals(two)) {
      throw kind.invalid(
          "The first operand must be distinct from the remaining operands for this operator or"
              + " function; operator: "
              + operator
              + ", first operand: "
              + one);
    }
  }

  private void checkSizes(Operand operand) {
    if (operand instanceof Operand.Size(Operand inner)) {
      checkSizes(inner);
      AttributeType type = inner.knownType();
      if (type == AttributeType.N || type == AttributeType.BOOL || type == AttributeType.NULL) {
        throw wrongType("size", type.name());
      }
    }
  }

  private void checkOrdered(String operator, Operand operand) {
    AttributeType type = operand.knownType();
    if (type != null && !ValueOrder.isOrdered(type)) {
      throw wrongType(operator, type.name());
    }
  }

  private void checkBeginning(Operand operand) {
    AttributeType type = operand.knownType();
    if (type != null && type != AttributeType.S && type != AttributeType.B) {
      throw wrongType("begins_with", type.name());
    }
  }

  private void checkBounds(Operand low, Operand high) {
    if (low instanceof Operand.Literal(AttributeValue lower)
        && high instanceof Operand.Literal(AttributeValue upper)) {
      if (lower.type() != upper.type()) {
        throw badBounds("requires same data type for lower and upper bounds", lower, upper);
      }
      if (ValueOrder.compare(lower, upper) > 0) {
        throw badBounds(
            "requires upper bound to be greater than or equal to lower bound", lower, upper);
      }
    }
  }

  private ExpressionException badBounds(String rule, AttributeValue lower, AttributeValue upper) {
    return kind.invalid(
        "The BETWEEN operator "
            + rule
            + "; lower bound operand: AttributeValue: "
            + ValueText.of(lower)
            + ", upper bound operand: AttributeValue: "
            + ValueText.of(upper));
  }

  private ExpressionException wrongType(String operator, String type) {
    return kind.invalid(
        "Incorrect operand type for operator or function; operator or function: "
            + operator
            + ", operand type: "
            + type);
  }
}
