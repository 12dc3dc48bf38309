package dev.partita.model.partiql;

import dev.partita.model.expression.ConditionSyntax;
import dev.partita.model.expression.ExpressionException;
import dev.partita.model.expression.OperandSyntax;
import dev.partita.model.expression.OperandSyntax.LiteralSyntax;
import dev.partita.model.expression.OperandSyntax.PathSyntax;
import dev.partita.model.expression.Path;
import dev.partita.model.expression.PathElement;
import dev.partita.model.expression.Projection;
import dev.partita.model.expression.StatementBinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes from PartiQL's tree what DynamoDB knows. */
final class StatementTranslator {
  private static final int SOURCE_COMPONENTS_MAX = 2;

  private StatementTranslator() {}

  static Statement translate(Expression expression) {
    return switch (expression) {
      case Expression.Select select -> select(select);
      case Expression.Insert insert -> insert(insert);
      case Expression.Update update -> update(update);
      case Expression.Delete delete -> delete(delete);
      case Expression.Call call when call.function().equals("exists") -> exists(call);
      case Expression other ->
          throw new ExpressionException("Unsupported operation: " + ExpressionNames.of(other));
    };
  }

  private static Statement.Select select(Expression.Select select) {
    if (select.unsupported() != null) {
      throw StatementFaults.at(
          "Unsupported clause: " + select.unsupported().clause(), select.unsupported().token());
    }
    TableSource source = source(select.sources());
    return new Statement.Select(
        source,
        select.columns() == null ? Projection.all() : projection(select.columns()),
        where(select.where()),
        order(select.order()));
  }

  private static @Nullable ConditionSyntax where(@Nullable Expression where) {
    return where == null ? null : ConditionTranslator.condition(where);
  }

  private static TableSource source(List<Expression.Source> sources) {
    if (sources.size() > 1) {
      throw new ExpressionException("A statement can name only one table or index");
    }
    Expression.Source source = sources.getFirst();
    List<String> components = components(source.value());
    if (components.size() > SOURCE_COMPONENTS_MAX) {
      throw new ExpressionException("A path may contain at most 2 components in the FROM clause");
    }
    if (source.aliased()) {
      throw StatementFaults.aliasing();
    }
    return new TableSource(
        components.getFirst(), components.size() == 1 ? null : components.get(1));
  }

  /** The names that make up a table or an index. */
  private static List<String> components(Expression source) {
    PathSyntax path = SqlPaths.of(source);
    if (path == null) {
      throw StatementFaults.at("Unexpected from source", source.token());
    }
    List<String> components = new ArrayList<>(SOURCE_COMPONENTS_MAX);
    for (PathElement element : path.elements()) {
      if (!(element instanceof PathElement.Name(String name))) {
        throw StatementFaults.at("Unexpected from source", source.token());
      }
      if (name.isEmpty()) {
        throw new ExpressionException("Path component cannot be an empty string");
      }
      components.add(name);
    }
    return components;
  }

  /** The table of an UPDATE or DELETE. */
  private static String writtenTable(List<Expression.Source> sources) {
    TableSource source = source(sources);
    if (source.index() != null) {
      throw new ExpressionException("This operation is not supported on an index");
    }
    return source.table();
  }

  private static Projection projection(List<Expression.Column> columns) {
    List<Projection.Column> projected = new ArrayList<>(columns.size());
    Set<String> names = new HashSet<>();
    for (Expression.Column column : columns) {
      PathSyntax path = SqlPaths.of(column.value());
      if (path == null) {
        throw SqlPaths.unexpected(column.value().token());
      }
      if (column.aliased()) {
        throw StatementFaults.aliasing();
      }
      String name = columnName(path.elements());
      if (!names.add(name)) {
        throw new ExpressionException("Duplicate identifiers in select clause: " + name);
      }
      projected.add(new Projection.Column(name, Path.of(path.elements())));
    }
    return Projection.ofColumns(projected);
  }

  /** A value is named by the last name of its path and the indices behind that. */
  private static String columnName(List<PathElement> elements) {
    StringBuilder name = new StringBuilder();
    for (PathElement element : elements) {
      if (element instanceof PathElement.Name) {
        name.setLength(0);
      }
      name.append(element);
    }
    return name.toString();
  }

  private static List<OrderKey> order(List<Expression.Order> order) {
    List<OrderKey> keys = new ArrayList<>(order.size());
    for (Expression.Order one : order) {
      if (!(one.key() instanceof Expression.Name(SqlToken ignored, String attribute))) {
        throw StatementFaults.at(
            "ORDER BY takes the names of key attributes only", one.key().token());
      }
      keys.add(new OrderKey(attribute, one.descending()));
    }
    return List.copyOf(keys);
  }

  private static Statement insert(Expression.Insert insert) {
    if (insert.bare()) {
      throw new ExpressionException("Unsupported operation: Insert");
    }
    List<String> components = components(insert.target());
    if (components.size() > 1) {
      throw StatementFaults.at(
          "FROM clause may only contain a single table name in data manipulation statements",
          insert.target().token());
    }
    if (!(insert.value()
        instanceof Expression.Tuple(SqlToken ignored, List<Expression.Entry> entries))) {
      throw LiteralValues.unsupported(insert.value(), "root");
    }
    Map<String, OperandSyntax> attributes = LinkedHashMap.newLinkedHashMap(entries.size());
    for (Expression.Entry entry : entries) {
      String name = LiteralValues.name(entry);
      OperandSyntax value =
          entry.value() instanceof Expression.Parameter(SqlToken token, int position)
              ? StatementBinding.parameter(position)
              : new LiteralSyntax(LiteralValues.of(entry.value()));
      if (attributes.put(name, value) != null) {
        throw LiteralValues.repeated(name);
      }
    }
    return new Statement.Insert(components.getFirst(), attributes);
  }

  private static Statement update(Expression.Update update) {
    return new Statement.Update(
        writtenTable(update.sources()),
        UpdateTranslator.translate(update.actions()),
        where(update.where()),
        update.returning());
  }

  private static Statement delete(Expression.Delete delete) {
    String table = writtenTable(List.of(delete.source()));
    Returning returning = delete.returning();
    if (returning != null && returning != Returning.ALL_OLD) {
      throw new ExpressionException(
          "Invalid returning clause: RETURNING "
              + returning.text()
              + ". Only RETURNING ALL OLD * is allowed in DELETE statements.");
    }
    return new Statement.Delete(table, where(delete.where()), returning != null);
  }

  private static Statement exists(Expression.Call call) {
    if (call.operands().size() == 1
        && call.operands().getFirst() instanceof Expression.Select select) {
      return new Statement.Exists(select(select));
    }
    throw new ExpressionException("EXISTS takes one SELECT statement");
  }
}
