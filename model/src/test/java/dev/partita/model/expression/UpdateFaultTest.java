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

/** AWS's words for what is wrong with an update before it meets an item. */
class UpdateFaultTest {
  private static final Map<String, AttributeValue> VALUES =
      map(
          ":n",
          n(1),
          ":s",
          s("t"),
          ":l",
          l(),
          ":m",
          m(),
          ":ss",
          ss("a"),
          ":b",
          b(1),
          ":bool",
          bool(true),
          ":null",
          nul());

  private static void assertFault(String reason, String text) {
    Expressions.assertFault(
        "Invalid UpdateExpression: " + reason,
        () -> Expressions.bind(Map.of("#a", "a", "#i", "[3]"), VALUES).update(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INVALID SYNTAX HERE | INVALID | INVALID SYNTAX",
        "SET _123 = :n | _ | SET _123",
        "SET path = VALUE 1 | 1 | VALUE 1",
        "ADD hits : n | : | hits : n",
        "set {0} = :n | { | set {0",
        "SET a | <EOF> | a",
        "SET a = | <EOF> | =",
        "SET a = :n, | <EOF> | ,",
        "SET a = :n b = :n | b | :n b =",
        "SET a = :n,, b = :n | , | ,, b",
        "SET a = b + c + d | + | c + d",
        "SET a = (b.c).d | . | ).d",
        "SET a = b * c | * | b * c",
        "SET a = if_not_exists(a, b + c) | + | b + c",
        "SET :n = :n | :n | SET :n =",
        "SET a = set | set | = set",
        "SET if_not_exists(a, b) = a | ( | if_not_exists(a",
        "SET a[:n] = :n | :n | [:n]",
        "SET a[#a] = :n | #a | [#a]",
        "REMOVE a = b | = | a = b",
        "REMOVE :n | :n | REMOVE :n",
        "ADD a b | b | a b",
        "ADD a = :n | = | a = :n",
        "DELETE a if_not_exists(b) | if_not_exists | a if_not_exists(",
        "SET hi-there = :n | - | hi-there"
      })
  void syntax(String text, String token, String near) {
    assertFault("Syntax error; token: \"" + token + "\", near: \"" + near + "\"", text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET a = :n SET b = :n | The \"SET\" section can only be used once in an update expression;",
        "remove a set b = :n remove c | The \"REMOVE\" section can only be used once in an update expression;",
        "ADD a :n ADD b :n | The \"ADD\" section can only be used once in an update expression;",
        "DELETE a :ss DELETE b :ss | The \"DELETE\" section can only be used once in an update expression;",
        "SET status = :n | Attribute name is a reserved keyword; reserved keyword: status",
        "REMOVE a.Absolute | Attribute name is a reserved keyword; reserved keyword: Absolute",
        "SET a = f(b, c) | Invalid function name; function: f",
        "SET a = LIST_APPEND(:l, :l) | Invalid function name; function: LIST_APPEND",
        "SET a = size(b) | The function is not allowed in an update expression; function: size",
        "SET a = list_append(list_append(:l, :l), :l) | The function is not allowed to be used this way in an expression; function: list_append",
        "SET #x = :n | An expression attribute name used in the document path is not defined; attribute name: #x",
        "SET a = :x | An expression attribute value used in expression is not defined; attribute value: :x",
        "ADD a :x | An expression attribute value used in expression is not defined; attribute value: :x",
        "SET a = :n REMOVE #a | Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]",
        "SET a.b = :n, a = :n | Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a]",
        "SET a = :n, a[1][1] = :n | Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, [1], [1]]",
        "SET a[1] = :n, a[1] = :n | Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, [1]], path two: [a, [1]]",
        "SET a.b = :n, a[1] = :n | Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [1]]",
        "SET a.#i = :n, a[3] = :n | Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, [3]], path two: [a, [3]]",
        "SET d[1] = :n, d.b = :n, c[1].a = :n, c = :n | Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [c, [1], a], path two: [c]",
        "ADD a :s | Incorrect operand type for operator or function; operator: ADD, operand type: STRING",
        "ADD a :b | Incorrect operand type for operator or function; operator: ADD, operand type: BINARY",
        "ADD a :l | Incorrect operand type for operator or function; operator: ADD, operand type: LIST",
        "ADD a :bool | Incorrect operand type for operator or function; operator: ADD, operand type: BOOLEAN",
        "DELETE a :n | Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER",
        "DELETE a :m | Incorrect operand type for operator or function; operator: DELETE, operand type: MAP",
        "DELETE a :null | Incorrect operand type for operator or function; operator: DELETE, operand type: NULL",
        "SET a = if_not_exists(b) | Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1",
        "SET a = list_append(:l, :l, :l) | Incorrect number of operands for operator or function; operator or function: list_append, number of operands: 3",
        "SET a = if_not_exists(:n, :n) | Operator or function requires a document path; operator or function: if_not_exists",
        "SET a = if_not_exists(if_not_exists(a, b), c) | Operator or function requires a document path; operator or function: if_not_exists",
        "SET a = list_append(a, :s) | Incorrect operand type for operator or function; operator or function: list_append, operand type: S",
        "SET a = a + :s | Incorrect operand type for operator or function; operator or function: +, operand type: S",
        "SET a = :l - a | Incorrect operand type for operator or function; operator or function: -, operand type: L",
        "SET a = list_append(a, :l) + :n | Incorrect operand type for operator or function; operator or function: +, operand type: L"
      })
  void meaning(String text, String reason) {
    assertFault(reason, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET a = f(status), b = :x SET c = #x | Attribute name is a reserved keyword; reserved keyword: status",
        "SET a = f(a), b = :x SET c = #x | Invalid function name; function: f",
        "SET b = :x SET c = #x | The \"SET\" section can only be used once in an update expression;",
        "SET b = :x, c = #x | An expression attribute name used in the document path is not defined; attribute name: #x",
        "ADD b :x SET c = if_not_exists(a, #x) | An expression attribute name used in the document path is not defined; attribute name: #x",
        "SET a = :x, a.b = :s + :n | An expression attribute value used in expression is not defined; attribute value: :x",
        "SET a = :s + :n ADD a.b :s | Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]",
        "SET a = :s + :n ADD b :s | Incorrect operand type for operator or function; operator: ADD, operand type: STRING"
      })
  void theOrderOfFaults(String text, String reason) {
    assertFault(reason, text);
  }

  @Test
  void limits() {
    assertFault("The expression can not be empty;", "");
    assertFault(
        "Expression size has exceeded the maximum allowed size; expression size: 4097",
        "SET" + " ".repeat(4086) + "a = :n  ");
    assertFault(
        "The document path has too many nesting levels; nesting levels: 33",
        "REMOVE a" + ".b".repeat(32));
    assertFault(
        "The expression has too many nested functions",
        "SET a = " + "f(".repeat(900) + "b" + ")".repeat(900));
    assertFault(
        "The expression contains too many operators; operator count: 301",
        "SET " + "a=b+c,".repeat(301) + "d=e");
  }
}
