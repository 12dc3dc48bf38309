package dev.partita.model.expression;

import java.util.List;

/** A condition as parsed, its placeholders not yet replaced. */
public sealed interface ConditionSyntax {

  /** All of two or more. */
  record And(List<ConditionSyntax> parts) implements ConditionSyntax {}

  /** Any of two or more. */
  record Or(List<ConditionSyntax> parts) implements ConditionSyntax {}

  /** The contrary. */
  record Not(ConditionSyntax part) implements ConditionSyntax {}

  /** A comparison of two operands. */
  record Comparison(Comparator comparator, OperandSyntax left, OperandSyntax right)
      implements ConditionSyntax {}

  /** {@code operand BETWEEN low AND high}. */
  record Between(OperandSyntax operand, OperandSyntax low, OperandSyntax high)
      implements ConditionSyntax {}

  /** {@code operand IN (candidates)}. */
  record In(OperandSyntax operand, List<OperandSyntax> candidates) implements ConditionSyntax {}

  /** A function that is true or false. */
  record Call(OperandSyntax.FunctionSyntax function) implements ConditionSyntax {}
}
