package dev.partita.testing.reference;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The top-level attributes that a condition looks at. */
final class Attributes {

  private Attributes() {}

  static Set<String> of(Guard guard) {
    Set<String> names = new HashSet<>();
    switch (guard) {
      case Guard.Always always -> {}
      case Guard.Expression expression -> collect(expression.condition(), names);
      case Guard.Legacy legacy ->
          legacy.conditions().stream().map(LegacyCondition::attribute).forEach(names::add);
    }
    return names;
  }

  private static void collect(Condition condition, Set<String> names) {
    switch (condition) {
      case Condition.Comparison c -> collect(List.of(c.left(), c.right()), names);
      case Condition.Between b -> collect(List.of(b.operand(), b.low(), b.high()), names);
      case Condition.In in -> {
        collect(List.of(in.operand()), names);
        collect(in.candidates(), names);
      }
      case Condition.AttributeExists exists -> names.add(exists.path().root());
      case Condition.AttributeNotExists exists -> names.add(exists.path().root());
      case Condition.AttributeType type -> names.add(type.path().root());
      case Condition.BeginsWith begins ->
          collect(List.of(begins.operand(), begins.prefix()), names);
      case Condition.Contains contains ->
          collect(List.of(contains.operand(), contains.part()), names);
      case Condition.And and -> {
        collect(and.left(), names);
        collect(and.right(), names);
      }
      case Condition.Or or -> {
        collect(or.left(), names);
        collect(or.right(), names);
      }
      case Condition.Not not -> collect(not.condition(), names);
    }
  }

  private static void collect(List<Operand> operands, Set<String> names) {
    for (Operand operand : operands) {
      switch (operand) {
        case Operand.Attribute attribute -> names.add(attribute.path().root());
        case Operand.Size size -> names.add(size.path().root());
        case Operand.Constant constant -> {}
      }
    }
  }
}
