package dev.partita.model.expression;

import static dev.partita.model.Values.b;
import static dev.partita.model.Values.bool;
import static dev.partita.model.Values.l;
import static dev.partita.model.Values.m;
import static dev.partita.model.Values.map;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.nul;
import static dev.partita.model.Values.s;
import static dev.partita.model.Values.ss;

import dev.partita.model.AttributeValue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AWS's words for what is wrong with a condition. */
class ConditionFaultTest {
  private static final Map<String, AttributeValue> VALUES =
      map(
          ":v",
          n(1),
          ":w",
          n(2),
          ":s",
          s("t"),
          ":list",
          l(),
          ":map",
          m(),
          ":set",
          ss("a"),
          ":bool",
          bool(true),
          ":null",
          nul(),
          ":bin",
          b(1));

  private static void assertFault(String reason, String text) {
    Map<String, String> names = Map.of("#a", "a", "#b", "b");
    Expressions.assertFault(
        "Invalid ConditionExpression: " + reason,
        () -> Expressions.bind(names, VALUES).condition(text));
    Expressions.assertFault(
        "Invalid FilterExpression: " + reason, () -> Expressions.bind(names, VALUES).filter(text));
    Expressions.assertFault(
        "Invalid KeyConditionExpression: " + reason,
        () -> Expressions.bind(names, VALUES).keyCondition(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "foo | <EOF> | foo",
        "(foo) | <EOF> | )",
        ":v | <EOF> | :v",
        "a = | <EOF> | =",
        "attribute_exists( | <EOF> | (",
        "a == :v | = | == :v",
        "a ! b | ! | a ! b",
        "a x b | x | a x b",
        "a = :v AND __b = :v | _ | AND __",
        "_a = :v | _ | _a",
        "a = :v b | b | :v b",
        "a = :v) | ) | :v)",
        "(a = :v | <EOF> | :v",
        "a BETWEEN :v OR :w | OR | :v OR :w",
        "a IN :v | :v | IN :v",
        "a IN () | ) | ()",
        "a IN (:v,) | ) | ,)",
        "a[b] = :v | b | [b]",
        "a[-1] = :v | - | [-1",
        "a[] = :v | ] | [] =",
        "a[1.5] = :v | . | 1.5",
        "a..b = :v | . | ..b",
        "a.:v = :v | :v | .:v =",
        "size(a).b = :v | . | ).b",
        "(size(a))[0] = :v | [ | )[0",
        "a AND b = :v | AND | a AND b",
        "NOT a OR b = :v | OR | a OR b",
        "AND | AND | AND",
        "a = between | between | = between",
        "a = # | # | = #",
        "a = :v #  | # | :v #",
        "1 = :v | 1 | 1 =",
        "ü = :v | ü | ü =",
        "a = 😀 | 😀 | = 😀",
        "a  =  =   :v | = | =  =   :v",
        "attribute_exists(a,) | ) | ,)",
        "a = :v, b = :v | , | :v, b",
        "a + b = :v | + | a + b"
      })
  void syntax(String text, String token, String near) {
    assertFault("Syntax error; token: \"" + token + "\", near: \"" + near + "\"", text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "((a = :v))",
        "a = ((b))",
        "b = :v AND ((a = :v AND c = :v))",
        "((a)) = :v",
        "a BETWEEN ((b.c)).d AND :v",
        "((:v)) = a",
        "f((a), ((b)))",
        "a IN (((b)))",
        "((size(a))) = :v",
        "NOT ((a = :v))",
        "((a) = :v AND ((b = :v)))"
      })
  void redundantParentheses(String text) {
    assertFault("The expression has redundant parentheses;", text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dog(a) | Invalid function name; function: dog",
        "ATTRIBUTE_EXISTS(a) | Invalid function name; function: ATTRIBUTE_EXISTS",
        "a = dog(:v) | Invalid function name; function: dog",
        "a = if_not_exists(a, a) | The function is not allowed in a condition expression; function: if_not_exists",
        "list_append(a, b) | The function is not allowed in a condition expression; function: list_append",
        "size(a) | The function is not allowed to be used this way in an expression; function: size",
        "(size(a)) | The function is not allowed to be used this way in an expression; function: size",
        "NOT size(a) | The function is not allowed to be used this way in an expression; function: size",
        "attribute_exists(a) < :v | The function is not allowed to be used this way in an expression; function: attribute_exists",
        "a IN (b, contains(a, b)) | The function is not allowed to be used this way in an expression; function: contains",
        "a BETWEEN begins_with(a, b) AND c | The function is not allowed to be used this way in an expression; function: begins_with",
        "size(contains(a, b)) > c | The function is not allowed to be used this way in an expression; function: contains",
        "size = :v | Attribute name is a reserved keyword; reserved keyword: size",
        "a.Status = :v | Attribute name is a reserved keyword; reserved keyword: Status",
        "attribute_exists(abOrT) | Attribute name is a reserved keyword; reserved keyword: abOrT"
      })
  void functionsAndReservedWords(String text, String reason) {
    assertFault(reason, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#c = :v | An expression attribute name used in the document path is not defined; attribute name: #c",
        "a.#c = :x | An expression attribute name used in the document path is not defined; attribute name: #c",
        "a = :x | An expression attribute value used in expression is not defined; attribute value: :x",
        "contains(:x, #c, a) | An expression attribute value used in expression is not defined; attribute value: :x",
        "attribute_exists(a, b) | Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2",
        "begins_with(a) | Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1",
        "contains(a, b, c) | Incorrect number of operands for operator or function; operator or function: contains, number of operands: 3",
        "size(a, b) > :v | Incorrect number of operands for operator or function; operator or function: size, number of operands: 2",
        "a = #a | The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]",
        "a.b[1] >= a.#b[1] | The first operand must be distinct from the remaining operands for this operator or function; operator: >=, first operand: [a, b, [1]]",
        "contains(a, a) | The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [a]",
        "attribute_exists(:s) | Operator or function requires a document path; operator or function: attribute_exists",
        "attribute_not_exists(size(a)) | Operator or function requires a document path; operator or function: attribute_not_exists",
        "attribute_type(a, b) | Incorrect operand type for operator or function; operator or function: attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}",
        "attribute_type(a, :v) | Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N",
        "attribute_type(a, size(b)) | Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N",
        "attribute_type(a, :s) | Invalid attribute type name found; type: t, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
        "begins_with(a, :v) | Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
        "begins_with(:list, a) | Incorrect operand type for operator or function; operator or function: begins_with, operand type: L",
        "begins_with(a, size(b)) | Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
        "size(:v) > a | Incorrect operand type for operator or function; operator or function: size, operand type: N",
        "size(:bool) > a | Incorrect operand type for operator or function; operator or function: size, operand type: BOOL",
        "size(:null) > a | Incorrect operand type for operator or function; operator or function: size, operand type: NULL",
        "size(size(a)) > :v | Incorrect operand type for operator or function; operator or function: size, operand type: N",
        "a < :list | Incorrect operand type for operator or function; operator or function: <, operand type: L",
        ":map >= a | Incorrect operand type for operator or function; operator or function: >=, operand type: M",
        "a BETWEEN :set AND b | Incorrect operand type for operator or function; operator or function: BETWEEN, operand type: SS",
        "a BETWEEN :v AND :s | The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:t}",
        "a BETWEEN :w AND :v | The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}",
        "a BETWEEN :bin AND :v | The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {B:AQ==}, upper bound operand: AttributeValue: {N:1}"
      })
  void operands(String text, String reason) {
    assertFault(reason, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The text is checked as a whole before any placeholder, and condition after condition.
        "((a = :x)) AND dog(b) | The expression has redundant parentheses;",
        "size = :x AND dog(b) | Invalid function name; function: dog",
        "size = :x AND b = contains(a, b) | The function is not allowed to be used this way in an expression; function: contains",
        "size = :x | Attribute name is a reserved keyword; reserved keyword: size",
        "a = a AND b = :x | The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]",
        "begins_with(a, :v, :x) | An expression attribute value used in expression is not defined; attribute value: :x"
      })
  void theOrderOfFaults(String text, String reason) {
    assertFault(reason, text);
  }

  @Test
  void limits() {
    assertFault("The expression can not be empty;", "");
    assertFault("The expression can not be empty;", " \t\n");
    String longest = "a" + " ".repeat(4096 - 7) + " = :v ";
    Expressions.bind(null, VALUES).condition(longest.substring(0, 4096));
    assertFault(
        "Expression size has exceeded the maximum allowed size; expression size: 4097",
        "a" + " ".repeat(4091) + " = :v");
    assertFault(
        "Expression size has exceeded the maximum allowed size; expression size: 5000",
        "(".repeat(5000));
    assertFault(
        "The document path has too many nesting levels; nesting levels: 33",
        "a" + ".b".repeat(32) + " = :v");
    Expressions.bind(null, VALUES).condition("a" + ".b".repeat(31) + " = :v");
    assertFault(
        "List index is not within the allowable range; index: [99999999999999]",
        "a[99999999999999] = :v");
    Expressions.bind(null, VALUES).condition("a[000000000000000999] = :v");
  }

  @Test
  void operatorsAreCounted() {
    Expressions.bind(null, VALUES).condition("a<b" + " or (a<b".repeat(149) + ")".repeat(149));
    Expressions.bind(null, VALUES).condition("a<b" + " or a<b".repeat(149));
    Expressions.bind(null, VALUES).condition("not ".repeat(299) + "a<b");
    String tooMany = "The expression contains too many operators; operator count: 301";
    assertFault(tooMany, "a<b" + " or (a<b".repeat(151) + ")".repeat(151));
    assertFault(tooMany, "a<b" + " or a<b".repeat(151));
    assertFault(tooMany, "not ".repeat(300) + "a<b");
    assertFault(tooMany, "not (".repeat(301) + "a<b" + ")".repeat(301));
  }

  @Test
  void deepNesting() {
    assertFault("Syntax error; token: \"<EOF>\", near: \"(\"", "(".repeat(4000));
    assertFault(
        "The expression has redundant parentheses;",
        "(".repeat(2000) + "a = :v" + ")".repeat(2000));
    assertFault(
        "The expression has redundant parentheses;",
        "a IN (" + "(".repeat(1500) + "b" + ")".repeat(1500) + ")");
    assertFault(
        "Incorrect operand type for operator or function; operator or function: size, operand type:"
            + " N",
        "a<" + "size(".repeat(600) + "b" + ")".repeat(600));
  }

  @Test
  void inTakesAHundredOperands() {
    String hundred = "a IN (" + "b,".repeat(99) + "b)";
    Expressions.bind(null, null).condition(hundred);
    Expressions.assertFault(
        "Invalid FilterExpression: The IN operator is provided with too many operands; number of"
            + " operands: 101",
        () -> Expressions.bind(null, null).filter("a IN (" + "b,".repeat(100) + "b)"));
  }
}
