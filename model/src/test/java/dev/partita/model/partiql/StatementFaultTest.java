package dev.partita.model.partiql;

import static dev.partita.model.Values.b;
import static dev.partita.model.Values.bool;
import static dev.partita.model.Values.l;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.s;
import static dev.partita.model.partiql.Statements.assertFault;
import static dev.partita.model.partiql.Statements.assertMalformed;
import static dev.partita.model.partiql.Statements.bind;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.partita.model.AttributeValue;
import dev.partita.model.expression.ExpressionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of faults, as AWS was seen to answer them. */
class StatementFaultTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM \"T\" WHERE pk = 1 foo",
        "SELECT * FROM \"T\" WHERE pk = 1 e5",
        "INSERT INTO \"T\" VALUE {'pk': 970001} foo",
        "UPDATE \"T\" SET a = 9 WHERE pk = 970002 foo",
        "DELETE FROM \"T\" WHERE pk = 970003 foo",
        "SELECT * FROM \"T\" WHERE pk = 1)",
        "DELETE FROM \"T\" WHERE pk = 970004 ORDER BY pk",
        "SELECT * FROM \"T\" ORDER BY pk WHERE pk = 1",
        "INSERT INTO \"T\" t VALUE {'pk': 'x'}",
        "FROM \"T\" SET c = 1 WHERE pk = 'x'",
        "FROM \"T\" SET c = 1 WHERE pk = 'x' SET d = 2",
        "SELECTT * FROMM \"T\"",
        "UPSERT INTO t VALUE {'pk': 'd'}",
        "SELECT a FROM t; SELECT b FROM t",
        "UPDATE t REMOVE a, b WHERE pk = 'x'"
      })
  void somethingIsLeftOver(String text) {
    assertMalformed("Unexpected token after expression", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM \"T\" WHERE pk = 1e2147483648",
        "SELECT * FROM \"T\" WHERE pk = 1e99999999999",
        "SELECT * FROM \"T\" WHERE pk = 1.5e-2147483647",
        "SELECT * FROM \"T\" WHERE pk = 1 # note",
        "SELECT * FROM \"T\" WHERE pk = 1 /* note",
        "SELECT * FROM \"T",
        "SELECT * FROM \"",
        "SELECT * FROM \"T\" WHERE pk = 'oops",
        "SELECT * FROM \"T\" WHERE pk = 'it''s",
        "SELECT * FROM \"T\" WHERE pk = 1e",
        "SELECT * FROM \"T\" WHERE pk = 12abc",
        "SELECT * FROM \"T\" WHERE pk = `a`",
        "SELECT * FROM \"T\" WHERE pk = é",
        "SELECT * FROM T WHERE pk ! 1"
      })
  void somethingCannotBeRead(String text) {
    assertMalformed("", text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM T WHERE                    | Unexpected term",
        "SELECT * FROM T WHERE;                   | Unexpected term",
        "SELECT pk FROM T WHERE                   | Unexpected term",
        "UPDATE T SET a = 1 WHERE                 | Unexpected term",
        "DELETE FROM T WHERE                      | Unexpected term",
        "SELECT * FROM T WHERE NOT                | Unexpected term",
        "SELECT * FROM T WHERE (                  | Unexpected term",
        "SELECT * FROM                            | Unexpected term",
        "SELECT * FROM T WHERE pk = 'p1' AND      | Missing right-hand side expression of infix operator",
        "SELECT * FROM T WHERE pk = 'p1' OR       | Missing right-hand side expression of infix operator",
        "SELECT * FROM T WHERE ORDER BY pk        | Unexpected keyword",
        "SELECT * FROM T WHERE pk = 'a' AND x IS FOO | Expected type name",
        "SELECT * FROM T WHERE x IS               | Expected type name",
        "SELECT * FROM T WHERE IS NULL            | Unexpected operator",
        "SELECT * FROM T WHERE pk = LIKE          | Unexpected operator",
        "DELETE FROM                              | Expected identifier for simple path",
        "DELETE FROM;                             | Expected identifier for simple path",
        "DELETE FROM WHERE pk = 'a'               | Expected identifier for simple path",
        "DELETE T WHERE pk = 'a'                  | Expected FROM after DELETE",
        "SLECT * FROM T WHERE pk = 'x'            | Expected data manipulation",
        "SELEC * FROM T                           | Expected data manipulation",
        "UPDATE T WHERE pk = 'x'                  | Expected data manipulation",
        "SELECT * T                               | Expected FROM after SELECT list",
        "SELECT *, a FROM T                       | Other expressions may not be present in the select list when '*' is used without dot notation.",
        "SELECT a, * FROM T                       | Other expressions may not be present in the select list when '*' is used without dot notation.",
        "SELECT * FROM T WHERE attribute_exists(m.inner) | Invalid path dot component",
        "UPDATE T SET m.inner = set_add(m.inner, <<'y'>>) WHERE pk = 'x' | Invalid path dot component",
        "UPDATE T SET a WHERE pk = 'x'            | Expected '='",
        "UPDATE T SET a[b] = 1 WHERE pk = 'x'     | Invalid path component for simple path",
        "UPDATE T SET a.* = 1 WHERE pk = 'x'      | Invalid path dot component for simple path",
        "UPDATE T SET a = 1 WHERE pk = 'x' RETURNING ALL OLD a | Unsupported syntax in RETURNING columns.",
        "SELECT * FROM T WHERE (a = 1             | Expected RIGHT_PAREN",
        "SELECT * FROM T WHERE a IN [1, 2         | Expected RIGHT_BRACKET",
        "INSERT INTO T VALUE {'a' 1}              | Expected COLON",
        "INSERT INTO T VALUE {'a': 1              | Expected RIGHT_CURLY",
        "INSERT INTO T VALUE {'a': <<1, 2}        | Expected RIGHT_DOUBLE_ANGLE_BRACKET",
        "INSERT T VALUE {'a': 1}                  | Unexpected keyword",
        "SELECT * FROM T WHERE a BETWEEN 1 OR 2   | Expected AND",
        "SELECT * FROM T WHERE a BETWEEN 1 AND    | Expected expression after AND",
        "SELECT * FROM T WHERE size(*) = 1        | size(*) is not allowed",
        "CREATE TABLE T                           | Unexpected keyword",
        "SELECT * FROM T WHERE value = 1          | Unexpected keyword"
      })
  void grammar(String text, String detail) {
    assertMalformed(detail, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM T t WHERE pk = 'x'         | Aliasing is not supported",
        "SELECT * FROM T AS t WHERE pk = 'x'      | Aliasing is not supported",
        "UPDATE T t SET a = 3 WHERE pk = 'x'      | Aliasing is not supported",
        "DELETE FROM T t WHERE pk = 'x'           | Aliasing is not supported",
        "SELECT s AS x FROM T                     | Aliasing is not supported",
        "SELECT * FROM \"\" WHERE pk = 'x'        | Path component cannot be an empty string",
        "SELECT * FROM T.\"\" WHERE pk = 'x'      | Path component cannot be an empty string",
        "SELECT * FROM \"T\".\"i\".\"more\"       | A path may contain at most 2 components in the FROM clause",
        "INSERT INTO \"T\".\"i\" VALUE {'pk': 'x'} | FROM clause may only contain a single table name in data manipulation statements at 1:13:3",
        "UPDATE \"T\".\"i\" SET a = 1 WHERE pk = 'x' | This operation is not supported on an index",
        "DELETE FROM \"T\".\"i\" WHERE pk = 'x'   | This operation is not supported on an index",
        "SELECT id FROM dbimp_page LIMIT 5        | Unsupported clause: LIMIT at 1:33:1",
        "SELECT s, s FROM T                       | Duplicate identifiers in select clause: s",
        "SELECT m.z, z FROM T                     | Duplicate identifiers in select clause: z",
        "SELECT COUNT(*) FROM \"T\"               | Unexpected path component at 1:8:5",
        "SELECT  count(pk) FROM \"T\"             | Unexpected path component at 1:9:5",
        "SELECT attribute_exists(ss) FROM T       | Unexpected path component at 1:8:16",
        "SELECT a.* FROM T                        | Unexpected path component at 1:10:1",
        "SELECT l[-1] FROM T                      | List index is not within the allowable range; index: [-1] at 1:11:1",
        "SELECT l[2147483648] FROM T              | List index is not within the allowable range; index: [2147483648] at 1:10:10",
        "UPDATE T REMOVE l[2147483648] WHERE pk='a' | List index is not within the allowable range; index: [2147483648] at 1:19:10",
        "SELECT l[1.5] FROM T                     | Unexpected path component at 1:10:3",
        "SELECT l['a'] FROM T                     | Unexpected path component at 1:10:3",
        "SELECT l[1e2147483647] FROM T            | List index is not within the allowable range; index: [1E+2147483647] at 1:10:12",
        "SELECT * FROM T WHERE EXISTS(ss)         | Unrecognized function: exists at 1:23:6",
        "SELECT * FROM T WHERE set_add(ss, <<'x'>>) = ss | Unrecognized function: set_add at 1:23:7",
        "UPDATE T SET a = upper(b) WHERE pk = 'x' | Unrecognized function: upper at 1:18:5",
        "DELETE FROM T WHERE pk = 'x' RETURNING MODIFIED OLD * | Invalid returning clause: RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE statements.",
        "DELETE FROM T WHERE pk = 'x' RETURNING ALL NEW * | Invalid returning clause: RETURNING ALL NEW *. Only RETURNING ALL OLD * is allowed in DELETE statements.",
        "x IS INT4                                | Unsupported operation: IsType",
        "x IS INT8                                | Unsupported operation: IsType",
        "x IS DOUBLE PRECISION                    | Unsupported operation: IsType",
        "x IS CHARACTER VARYING                   | Unsupported operation: IsType",
        "1                                        | Unsupported operation: Lit",
        "a AND b                                  | Unsupported operation: And"
      })
  void meaning(String text, String message) {
    assertFault(message, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM T WHERE pk = 1e126 | Number overflow. Attempting to store a number with magnitude larger than supported range under root",
        "SELECT * FROM T WHERE pk = 1e2147483647 | Number overflow. Attempting to store a number with magnitude larger than supported range under root",
        "SELECT * FROM T WHERE pk = 1e-131 | Number underflow. Attempting to store a number with magnitude smaller than supported range under root",
        "SELECT * FROM T WHERE pk = 123456789012345678901234567890123456789 | Attempting to store more than 38 significant digits in a Number under root",
        "INSERT INTO T VALUE {'pk': 1e126} | Number overflow. Attempting to store a number with magnitude larger than supported range under root",
        "UPDATE T SET a = 1e-131 WHERE pk = 1 | Number underflow. Attempting to store a number with magnitude smaller than supported range under root",
        "INSERT INTO T VALUE {'pk': 1, 'm': {'x': 1e126}} | Number overflow. Attempting to store a number with magnitude larger than supported range under root.x",
        "INSERT INTO T VALUE {'pk': 1, 'l': [1, 1e126]} | Number overflow. Attempting to store a number with magnitude larger than supported range under root[1]",
        "INSERT INTO T VALUE {'pk': 1, 's': <<>>} | Empty bags are not supported",
        "UPDATE T SET ss = set_add(ss, <<>>) WHERE pk = 'x' | Empty bags are not supported",
        "INSERT INTO T VALUE {'s': <<1, 'a'>>} | Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags",
        "INSERT INTO T VALUE {'s': <<[1]>>} | Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags",
        "INSERT INTO T VALUE {'s': <<'a', 'a'>>} | One or more parameter values were invalid: Input collection [a, a] contains duplicates.",
        "INSERT INTO T VALUE {'x': [<<'a', 'a'>>]} | One or more parameter values were invalid: Input collection [a, a] contains duplicates.",
        "UPDATE T SET n = set_add(n, <<2, 2.0>>) WHERE pk = 'x' | One or more parameter values were invalid: Input collection [2, 2.0] contains duplicates! under root",
        "UPDATE T SET x = [?] WHERE pk = 'x' | Unsupported data type: Parameter under key root[0] at 1:19:1",
        "INSERT INTO T VALUE {'pk': 'x', 'm': {'k': ?}} | Unsupported data type: Parameter under key root.k at 1:44:1",
        "INSERT INTO T VALUE {'pk': 'x', 'ss': set_add(<<'a'>>, <<'b'>>)} | Unsupported data type: set_add under key root at 1:39:7"
      })
  void literals(String text, String message) {
    assertFault(message, text, s("unused"));
  }

  @Test
  void returningSaysWhatAndWhen() {
    for (String clause : new String[] {"OLD *", "ALL *", "MODIFIED BOTH *", "*", ""}) {
      assertMalformed(
          "Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element.",
          "UPDATE T SET a = 1 WHERE pk = 'x' RETURNING " + clause);
    }
  }

  @Test
  void aLiteralMayHave32Levels() {
    String prefix = "Nesting Levels have exceeded supported limits under root";
    assertFault(
        prefix + ".a".repeat(32),
        "UPDATE T SET d = " + "{'a':".repeat(32) + "1" + "}".repeat(32) + " WHERE pk='x'");
    assertFault(
        prefix + ".a" + "[0]".repeat(31),
        "UPDATE T SET d = {'a':" + "[".repeat(31) + "1" + "]".repeat(31) + "} WHERE pk='x'");
    bind("INSERT INTO T VALUE {'pk':'x', 'd':" + "{'a':".repeat(31) + "1" + "}".repeat(31) + "}");
    bind("UPDATE T SET d = " + "[".repeat(32) + "]".repeat(32) + " WHERE pk='x'");
  }

  @Test
  void aParameterMayHave32Levels() {
    AttributeValue value = s("x");
    for (int level = 1; level < 32; level++) {
      value = l(value);
    }
    bind("SELECT * FROM T WHERE a = ?", value);
    assertFault(
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
            + " beyond supported limit",
        "this is reported before the statement is read",
        l(value));
  }

  @Test
  void parametersMayNotBeTooFew() {
    bind("SELECT * FROM T WHERE a = ? AND b = ?", n(1), n(2));
    bind("SELECT * FROM T WHERE a = '?' AND b = ? -- ?", n(1));
    bind("SELECT * FROM T WHERE a = ?", n(1), n(2));
    assertFault(
        "Number of parameters in request and statement don't match.",
        "UPDATE T SET a = ?, b = ? WHERE pk = ?",
        n(1),
        n(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "t = set_add(ss, <<'x'>>)          | The first argument to SET_ADD must equal the assignment value at 1:18:7",
        "ss = set_add(<<'a'>>, <<'b'>>)    | The first argument to SET_ADD must equal the assignment value at 1:19:7",
        "ss = set_add(ss, 'x')             | The second argument to SET_ADD must be a value with type SET at 1:27:2",
        "ss = set_add(ss, ['x'])           | The second argument to SET_ADD must be a value with type SET at 1:27:2",
        "ss = set_add(ss, other)           | The second argument to SET_ADD must be a value with type SET at 1:27:2",
        "ss = set_add(ss, ?)               | The second argument to SET_ADD must be a value with type SET at 1:27:2",
        "ss = SET_ADD(ss)                  | SET_ADD must have exactly two arguments at 1:19:7",
        "ss = set_add(ss, <<'x'>>, <<'y'>>) | SET_ADD must have exactly two arguments at 1:19:7",
        "t = set_delete(ss, <<'a'>>)       | The first argument to SET_DELETE must equal the assignment value at 1:18:10",
        "ss = set_delete(ss, 'a')          | The second argument to SET_DELETE must be a value with type SET at 1:30:2",
        "\"ss\" = set_delete(\"ss\", ['a']) | The second argument to SET_DELETE must be a value with type SET at 1:32:4"
      })
  void setFunctions(String assignment, String message) {
    assertFault(message, "UPDATE T SET " + assignment + " WHERE pk = 'x'", n(1));
  }

  @Test
  void placesAreCountedInLines() {
    assertFault(
        "The second argument to SET_ADD must be a value with type SET at 2:27:11",
        "UPDATE T\nSET BandMembers = set_add(BandMembers, 'x')\nWHERE pk='sets'");
    assertFault("Unexpected path component at 3:4:5", "SELECT -- 😀\n /* 😀\n*/ count(a) FROM T");
    assertFault("Unrecognized function: f at 1:29:1", "SELECT * FROM T WHERE '😀' = f(a)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "attribute_exists('ss')   | Operator or function requires a document path; operator or function: attribute_exists",
        "attribute_exists(?)      | Operator or function requires a document path; operator or function: attribute_exists",
        "attribute_exists()       | Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 0",
        "attribute_exists(ss, ns) | Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2",
        "size() = 1               | Incorrect number of operands for operator or function; operator or function: size, number of operands: 0",
        "size(a)                  | The function is not allowed to be used this way in an expression; function: size",
        "attribute_type(l, 1)     | Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N",
        "attribute_type(l, true)  | Incorrect operand type for operator or function; operator or function: attribute_type, operand type: BOOL",
        "attribute_type(Total, 'X') | Invalid attribute type name found; type: X, valid types: {N,BS,L,B,NULL,M,S,SS,NS,BOOL}",
        "attribute_exists(n) > false | Incorrect operand type for operator or function; operator or function: >, operand type: BOOL",
        "val BETWEEN true AND false | Incorrect operand type for operator or function; operator or function: BETWEEN, operand type: BOOL",
        "val < [1]                | Incorrect operand type for operator or function; operator or function: <, operand type: L",
        "begins_with(a, 1)        | Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
        "a = a                    | The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]",
        "a BETWEEN 2 AND 1        | The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}"
      })
  void conditions(String condition, String message) {
    assertFault(message, "SELECT * FROM T WHERE " + condition, bool(true));
  }

  @Test
  void comparisonsWithParameters() {
    for (String operator : new String[] {"<", "<=", ">", ">="}) {
      assertFault(
          "Incorrect operand type for operator or function; operator or function: "
              + operator
              + ", operand type: BOOL",
          "SELECT * FROM T WHERE val " + operator + " ?",
          bool(true));
    }
    bind("SELECT * FROM T WHERE val < ?", b(1));
  }

  @Test
  void inTakes100Values() {
    bind("SELECT * FROM T WHERE a IN [" + "1,".repeat(99) + "1]");
    assertFault(
        "The IN operator is provided with too many operands; number of operands: 101",
        "SELECT * FROM T WHERE a IN [" + "1,".repeat(100) + "1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'a' + 1           | Incorrect operand type for operator or function; operator or function: +, operand type: S",
        "n - null          | Incorrect operand type for operator or function; operator or function: -, operand type: NULL",
        "n + [1]           | Incorrect operand type for operator or function; operator or function: +, operand type: L",
        "list_append(a, 1) | Incorrect operand type for operator or function; operator or function: list_append, operand type: N",
        "list_append(a)    | Incorrect number of operands for operator or function; operator or function: list_append, number of operands: 1"
      })
  void updateValues(String value, String message) {
    assertFault(message, "UPDATE T SET n = " + value + " WHERE pk = 'x' AND nope = 'x'");
  }

  @Test
  void updatesMayNotOverlap() {
    assertFault(
        "Two document paths overlap with each other; must remove or rewrite one of these paths;"
            + " path one: [a], path two: [a, b]",
        "UPDATE T SET a = 1 REMOVE a.b WHERE pk = 'x'");
  }

  @Test
  void operatorsAreCounted() {
    bind("SELECT * FROM T WHERE a = 1" + " AND a = 1".repeat(149));
    assertFault(
        "The expression contains too many operators; operator count: 301",
        "SELECT * FROM T WHERE a = 1" + " AND a = 1".repeat(150));
  }

  /** What AWS says of these is not known; they must not do anything else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT DISTINCT a FROM T",
        "SELECT VALUE a FROM T",
        "SELECT a FROM T GROUP BY a",
        "SELECT a FROM T GROUP BY a, b HAVING a = 1",
        "SELECT a FROM T OFFSET 5",
        "SELECT a FROM T, U",
        "SELECT a FROM T JOIN U",
        "SELECT a FROM T LEFT JOIN U",
        "SELECT a FROM my-table",
        "SELECT a FROM 'T'",
        "SELECT a FROM T[0]",
        "SELECT a FROM ?",
        "SELECT ? FROM T",
        "SELECT 'a' FROM T",
        "SELECT a FROM T ORDER BY a.b",
        "SELECT a FROM T WHERE a",
        "SELECT a FROM T WHERE true",
        "SELECT a FROM T WHERE ?",
        "SELECT a FROM T WHERE a LIKE 'x%'",
        "SELECT a FROM T WHERE a NOT LIKE 'x%'",
        "SELECT a FROM T WHERE a + 1 = 2",
        "SELECT a FROM T WHERE a || 'x' = 'y'",
        "SELECT a FROM T WHERE a = MISSING",
        "SELECT a FROM T WHERE a IN []",
        "SELECT a FROM T WHERE a IN b",
        "SELECT a FROM T WHERE a IS SYMBOL",
        "SELECT a FROM T WHERE n > -n",
        "SELECT a FROM T WHERE n > -?",
        "INSERT INTO T {'a': 1}",
        "INSERT INTO T VALUES (1, 2)",
        "INSERT INTO T VALUE ?",
        "INSERT INTO T VALUE [1]",
        "INSERT INTO T VALUE {a: 1}",
        "INSERT INTO T VALUE {'a': b}",
        "INSERT INTO T VALUE {'a': 1, 'a': 2}",
        "INSERT INTO T VALUE {'a': {'b': 1, 'b': 2}}",
        "INSERT INTO T VALUE {'a': 1} RETURNING ALL OLD *",
        "INSERT INTO T VALUE {'a': MISSING}",
        "UPDATE T SET a = b = c WHERE pk = 'x'",
        "UPDATE T SET a = b * 2 WHERE pk = 'x'",
        "UPDATE T INSERT INTO U VALUE {'a': 1} WHERE pk = 'x'",
        "EXISTS(a)",
        "EXISTS(SELECT * FROM T, SELECT * FROM T)",
        "SET a = 1",
        ""
      })
  void refused(String text) {
    assertThrows(ExpressionException.class, () -> bind(text, l(n(1))), text);
  }
}
