package dev.partita.testing.generator;

import dev.partita.testing.reference.Condition;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.LegacyCondition.Operator;
import dev.partita.testing.reference.Operand;
import dev.partita.testing.reference.Operation.KeyCondition;
import dev.partita.testing.reference.Operation.KeyEquality;
import dev.partita.testing.reference.Operation.SortCondition;
import dev.partita.testing.reference.Path;
import dev.partita.testing.reference.Path.Index;
import dev.partita.testing.reference.Path.Name;
import dev.partita.testing.reference.Path.Step;
import dev.partita.testing.reference.UpdateExpression;
import dev.partita.testing.reference.UpdateExpression.Assigned;
import dev.partita.testing.reference.UpdateExpression.Copy;
import dev.partita.testing.reference.UpdateExpression.Given;
import dev.partita.testing.reference.UpdateExpression.IfNotExists;
import dev.partita.testing.reference.UpdateExpression.ListAppend;
import dev.partita.testing.reference.UpdateExpression.Minus;
import dev.partita.testing.reference.UpdateExpression.Plus;
import dev.partita.testing.reference.UpdateExpression.SetAction;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.Value.StringValue;
import dev.partita.testing.reference.ValueJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the expressions of one request, with random placeholders, spaces, parentheses and letter
 * case, and keeps the placeholders that were used.
 */
final class ExpressionPrinter {

  private static final List<String> SPACES = List.of(" ", " ", " ", "  ", "\t", "\n");
  private static final List<String> GAPS = List.of("", "", " ", "  ");
  private static final List<String> TOKENS = List.of("n", "A1b_", "_", "0", "Name", "7x");

  private final Choices choices;
  private final ValueJson values;
  private final SortedMap<String, String> names = new TreeMap<>();
  private final SortedMap<String, Value> constants = new TreeMap<>();

  ExpressionPrinter(Choices choices, ValueJson values) {
    this.choices = choices;
    this.values = values;
  }

  /** The request with the placeholders of all expressions printed so far. */
  Json.ObjectOf withPlaceholders(Json.ObjectOf request) {
    Json.ObjectOf result = request;
    if (!names.isEmpty()) {
      SortedMap<String, Json> members = new TreeMap<>();
      names.forEach((placeholder, name) -> members.put(placeholder, Json.text(name)));
      result = result.with("ExpressionAttributeNames", new Json.ObjectOf(members));
    }
    if (!constants.isEmpty()) {
      SortedMap<String, Json> members = new TreeMap<>();
      constants.forEach((placeholder, value) -> members.put(placeholder, values.encode(value)));
      result = result.with("ExpressionAttributeValues", new Json.ObjectOf(members));
    }
    return result;
  }

  String condition(Condition condition) {
    return gap() + condition(condition, Binding.OR) + gap();
  }

  /** How tightly the surroundings bind; what binds more loosely needs parentheses. */
  private enum Binding {
    OR,
    AND,
    NOT
  }

  private String condition(Condition condition, Binding around) {
    Binding own =
        switch (condition) {
          case Condition.Or or -> Binding.OR;
          case Condition.And and -> Binding.AND;
          case Condition other -> Binding.NOT;
        };
    boolean parentheses = own.compareTo(around) < 0 || choices.percent(25);
    String text = bare(condition);
    // One pair at most: AWS refuses redundant parentheses.
    return parentheses ? "(" + gap() + text + gap() + ")" : text;
  }

  private String bare(Condition condition) {
    return switch (condition) {
      case Condition.Or or ->
          condition(or.left(), Binding.OR)
              + space()
              + keyword("OR")
              + space()
              + condition(or.right(), Binding.OR);
      case Condition.And and ->
          condition(and.left(), Binding.AND)
              + space()
              + keyword("AND")
              + space()
              + condition(and.right(), Binding.AND);
      case Condition.Not not -> keyword("NOT") + space() + condition(not.condition(), Binding.NOT);
      case Condition.Comparison comparison ->
          operand(comparison.left())
              + gap()
              + comparison.comparator().sign()
              + gap()
              + operand(comparison.right());
      case Condition.Between between ->
          operand(between.operand())
              + space()
              + keyword("BETWEEN")
              + space()
              + operand(between.low())
              + space()
              + keyword("AND")
              + space()
              + operand(between.high());
      case Condition.In in ->
          operand(in.operand())
              + space()
              + keyword("IN")
              + gap()
              + "("
              + list(in.candidates(), this::operand)
              + ")";
      case Condition.AttributeExists exists -> function("attribute_exists", path(exists.path()));
      case Condition.AttributeNotExists exists ->
          function("attribute_not_exists", path(exists.path()));
      case Condition.AttributeType type ->
          function("attribute_type", path(type.path()), constant(new StringValue(type.type())));
      case Condition.BeginsWith begins ->
          function("begins_with", operand(begins.operand()), operand(begins.prefix()));
      case Condition.Contains contains ->
          function("contains", operand(contains.operand()), operand(contains.part()));
    };
  }

  private String operand(Operand operand) {
    return switch (operand) {
      case Operand.Attribute attribute -> path(attribute.path());
      case Operand.Constant constant -> constant(constant.value());
      case Operand.Size size -> function("size", path(size.path()));
    };
  }

  String update(UpdateExpression update) {
    List<String> sections = new ArrayList<>();
    section(
        sections,
        "SET",
        update.sets(),
        s -> path(s.target()) + gap() + "=" + gap() + assigned(s.value()));
    section(sections, "REMOVE", update.removes(), this::path);
    section(sections, "ADD", update.adds(), this::setAction);
    section(sections, "DELETE", update.deletes(), this::setAction);
    return gap() + String.join(space(), choices.shuffled(sections)) + gap();
  }

  private <T> void section(
      List<String> sections, String keyword, List<T> actions, Function<T, String> print) {
    if (!actions.isEmpty()) {
      sections.add(keyword(keyword) + space() + list(actions, print));
    }
  }

  private String setAction(SetAction action) {
    return path(action.target()) + space() + constant(action.operand());
  }

  private String assigned(Assigned assigned) {
    return switch (assigned) {
      case Plus plus -> assigned(plus.left()) + gap() + "+" + gap() + assigned(plus.right());
      case Minus minus -> assigned(minus.left()) + gap() + "-" + gap() + assigned(minus.right());
      case Copy copy -> path(copy.path());
      case Given given -> constant(given.value());
      case IfNotExists function ->
          function("if_not_exists", path(function.path()), assigned(function.otherwise()));
      case ListAppend append ->
          function("list_append", assigned(append.head()), assigned(append.tail()));
    };
  }

  String projection(List<Path> paths) {
    return gap() + list(paths, this::path) + gap();
  }

  String keyCondition(KeyCondition key) {
    List<String> conditions = new ArrayList<>();
    for (KeyEquality equality : key.partition()) {
      conditions.add(
          parenthesised(name(equality.name()) + gap() + "=" + gap() + constant(equality.value())));
    }
    for (SortCondition sort : key.sort()) {
      conditions.add(parenthesised(sortCondition(sort)));
    }
    StringBuilder text = new StringBuilder();
    for (String condition : choices.shuffled(conditions)) {
      text.append(text.isEmpty() ? "" : space() + keyword("AND") + space()).append(condition);
    }
    return text.toString();
  }

  private String parenthesised(String text) {
    return choices.percent(15) ? "(" + text + ")" : text;
  }

  private String sortCondition(SortCondition sort) {
    String name = name(sort.name());
    List<String> operands = sort.operands().stream().map(this::constant).toList();
    if (sort.operator() == Operator.BETWEEN) {
      return name
          + space()
          + keyword("BETWEEN")
          + space()
          + operands.get(0)
          + space()
          + keyword("AND")
          + space()
          + operands.get(1);
    }
    if (sort.operator() == Operator.BEGINS_WITH) {
      return function("begins_with", name, operands.get(0));
    }
    return name + gap() + sign(sort.operator()) + gap() + operands.get(0);
  }

  private static String sign(Operator operator) {
    return switch (operator) {
      case LT -> "<";
      case LE -> "<=";
      case GT -> ">";
      case GE -> ">=";
      case NE -> "<>";
      case EQ, NOT_NULL, NULL, CONTAINS, NOT_CONTAINS, BEGINS_WITH, IN, BETWEEN -> "=";
    };
  }

  private String path(Path path) {
    StringBuilder text = new StringBuilder(name(path.root()));
    for (Step step : path.steps()) {
      switch (step) {
        case Name name -> text.append('.').append(name(name.name()));
        case Index index -> text.append('[').append(index.index()).append(']');
      }
    }
    return text.toString();
  }

  private String name(String name) {
    if (Universe.PLAIN_NAMES.contains(name) && choices.percent(60)) {
      return name;
    }
    if (names.containsValue(name) && choices.percent(60)) {
      for (var entry : names.entrySet()) {
        if (entry.getValue().equals(name)) {
          return entry.getKey();
        }
      }
    }
    String placeholder = "#" + choices.oneOf(TOKENS) + names.size();
    names.put(placeholder, name);
    return placeholder;
  }

  private String constant(Value value) {
    String placeholder = ":" + choices.oneOf(TOKENS) + constants.size();
    constants.put(placeholder, value);
    return placeholder;
  }

  private String function(String function, String... operands) {
    return function
        + (choices.percent(10) ? " " : "")
        + "("
        + list(List.of(operands), text -> text)
        + ")";
  }

  private <T> String list(List<T> elements, Function<T, String> print) {
    return elements.stream()
        .map(element -> gap() + print.apply(element) + gap())
        .collect(Collectors.joining(","));
  }

  private String keyword(String keyword) {
    return switch (choices.below(4)) {
      case 0 -> keyword.toLowerCase(Locale.ROOT);
      case 1 -> keyword.charAt(0) + keyword.substring(1).toLowerCase(Locale.ROOT);
      default -> keyword;
    };
  }

  private String space() {
    return choices.oneOf(SPACES);
  }

  private String gap() {
    return choices.oneOf(GAPS);
  }
}
