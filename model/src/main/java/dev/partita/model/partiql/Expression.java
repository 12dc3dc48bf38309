package dev.partita.model.partiql;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree that PartiQL's grammar makes. Names and texts are as written, operators and
 * functions in lower case.
 */
sealed interface Expression {

  /** The token that tells where it stands. */
  SqlToken token();

  /** A text in single quotes. */
  record Text(SqlToken token, String value) implements Expression {}

  /** A number with its signs. */
  record Numeral(SqlToken token, BigDecimal value) implements Expression {}

  /** true or false. */
  record Truth(SqlToken token, boolean value) implements Expression {}

  /** null. */
  record Null(SqlToken token) implements Expression {}

  /** missing. */
  record Missing(SqlToken token) implements Expression {}

  /** {@code ?}, counted from 0. */
  record Parameter(SqlToken token, int position) implements Expression {}

  /** A name alone. */
  record Name(SqlToken token, String name) implements Expression {}

  /** At least one step from {@code root}. */
  record Path(SqlToken token, Expression root, List<Step> steps) implements Expression {}

  /** A step of a path. */
  sealed interface Step {

    /** The token that tells where it stands. */
    SqlToken token();

    /** {@code .name}. */
    record Field(SqlToken token, String name) implements Step {}

    /** {@code [index]}. */
    record Subscript(SqlToken token, Expression index) implements Step {}

    /** {@code .*} or {@code [*]}. */
    record Everything(SqlToken token) implements Step {}
  }

  /** A call of a function, of which {@code *} may be the only operand of an aggregate. */
  record Call(SqlToken token, String function, List<Expression> operands) implements Expression {}

  /** Signs, comparisons, arithmetic, NOT, BETWEEN, IN, LIKE; AND and OR of two or more. */
  record Operation(SqlToken token, String operator, List<Expression> operands)
      implements Expression {}

  /** {@code operand IS type}. */
  record IsType(SqlToken token, Expression operand, String type) implements Expression {}

  /** {@code [...]}, or several values in parentheses. */
  record ListOf(SqlToken token, List<Expression> elements) implements Expression {}

  /** {@code <<...>>}. */
  record Bag(SqlToken token, List<Expression> elements) implements Expression {}

  /** <code>{...}</code>. */
  record Tuple(SqlToken token, List<Entry> entries) implements Expression {}

  /** One entry of a tuple. */
  record Entry(Expression name, Expression value) {}

  /**
   * SELECT.
   *
   * @param columns null for {@code *}
   * @param unsupported the first clause that DynamoDB does not know, or null
   */
  record Select(
      SqlToken token,
      @Nullable List<Column> columns,
      List<Source> sources,
      @Nullable Expression where,
      List<Order> order,
      @Nullable Unsupported unsupported)
      implements Expression {}

  /** One column of a SELECT. */
  record Column(Expression value, boolean aliased) {}

  /** What is read or written. */
  record Source(Expression value, boolean aliased) {}

  /** One key of ORDER BY. */
  record Order(Expression key, boolean descending) {}

  /** A clause by name, and where its content stands. */
  record Unsupported(String clause, SqlToken token) {}

  /** {@code INSERT INTO target VALUE value}; without VALUE if {@code bare}. */
  record Insert(SqlToken token, Expression target, Expression value, boolean bare)
      implements Expression {}

  /** {@code UPDATE source actions WHERE ...}, or with FROM and WHERE before the actions. */
  record Update(
      SqlToken token,
      List<Source> sources,
      List<Action> actions,
      @Nullable Expression where,
      @Nullable Returning returning)
      implements Expression {}

  /** {@code DELETE FROM source WHERE ...}. */
  record Delete(
      SqlToken token, Source source, @Nullable Expression where, @Nullable Returning returning)
      implements Expression {}

  /** One change of an UPDATE. */
  sealed interface Action {

    /** {@code SET target = value}. */
    record Assign(Expression target, Expression value) implements Action {}

    /** {@code REMOVE target}. */
    record Remove(Expression target) implements Action {}

    /** A nested INSERT, which DynamoDB does not know. */
    record Insertion(Insert insert) implements Action {}
  }
}
