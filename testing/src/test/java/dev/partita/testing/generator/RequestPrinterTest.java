package dev.partita.testing.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.reference.Condition;
import dev.partita.testing.reference.Condition.Comparator;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Operand;
import dev.partita.testing.reference.Path;
import dev.partita.testing.reference.Value.StringValue;
import dev.partita.testing.reference.ValueJson;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RequestPrinterTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("[#:][A-Za-z0-9_]+");

  @Test
  void theSameSeedPrintsTheSameRequests() {
    OperationGenerator one = new OperationGenerator(new Universe("test"), 9);
    OperationGenerator two = new OperationGenerator(new Universe("test"), 9);
    for (int i = 0; i < 500; i++) {
      assertEquals(
          RequestPrinter.print(one.next()).print(), RequestPrinter.print(two.next()).print());
    }
  }

  /** AWS refuses placeholders that are not defined and definitions that are not used. */
  @Test
  void placeholdersAreDefinedAndUsed() {
    OperationGenerator generator = new OperationGenerator(new Universe("test"), 10);
    for (int i = 0; i < 1_000; i++) {
      checkPlaceholders(RequestPrinter.print(generator.next()));
    }
  }

  private static void checkPlaceholders(Json.ObjectOf request) {
    Set<String> used = new HashSet<>();
    for (var member : request.members().entrySet()) {
      if (member.getKey().endsWith("Expression") && member.getValue() instanceof Json.Text text) {
        Matcher matcher = PLACEHOLDER.matcher(text.text());
        while (matcher.find()) {
          used.add(matcher.group());
        }
        assertParenthesesAreNeeded(text.text());
      }
    }
    Set<String> defined = new HashSet<>();
    for (String name : List.of("ExpressionAttributeNames", "ExpressionAttributeValues")) {
      Optional<Json> definitions = request.member(name);
      definitions.ifPresent(json -> defined.addAll(((Json.ObjectOf) json).members().keySet()));
      assertTrue(definitions.filter(json -> json.equals(Json.object())).isEmpty(), "empty " + name);
    }
    assertEquals(used, defined, request::print);
  }

  /** Balanced, and no pair directly inside another: "((a = b))" is refused. */
  private static void assertParenthesesAreNeeded(String expression) {
    String text = expression.replaceAll("\\s", "");
    Deque<Integer> open = new ArrayDeque<>();
    int[] partner = new int[text.length()];
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '(') {
        open.push(i);
      } else if (text.charAt(i) == ')') {
        int start = open.pop();
        partner[start] = i;
        boolean redundant =
            start + 1 < text.length()
                && text.charAt(start + 1) == '('
                && partner[start + 1] == i - 1;
        assertTrue(!redundant, expression);
      }
    }
    assertTrue(open.isEmpty(), expression);
  }

  @Test
  void looserConditionsGetParentheses() {
    Condition equal =
        new Condition.Comparison(
            new Operand.Attribute(Path.of("a")),
            Comparator.EQUAL,
            new Operand.Constant(new StringValue("x")));
    Condition nested = new Condition.And(new Condition.Or(equal, equal), new Condition.Not(equal));
    for (long seed = 0; seed < 200; seed++) {
      Choices choices = new Choices(seed);
      String text =
          new ExpressionPrinter(choices, new ValueJson())
              .condition(nested)
              .replaceAll("[#:][A-Za-z0-9_]+", "v")
              .replaceAll("\\ba\\b", "v")
              .replaceAll("\\(\\s*v\\s*=\\s*v\\s*\\)", "v=v")
              .replaceAll("\\s+", "")
              .toUpperCase(java.util.Locale.ROOT);
      assertTrue(text.matches("\\(?\\(V=VORV=V\\)AND\\(?NOTV=V\\)?\\)?"), seed + ": " + text);
    }
  }

  @Test
  void spellingsMeanTheNumber() {
    for (String number :
        List.of("0", "1", "-1", "0.5", "-0.25", "1E125", "-1E-130", "120", "12.5")) {
      BigDecimal exact = new BigDecimal(number);
      Set<String> spellings = new HashSet<>();
      for (long seed = 0; seed < 300; seed++) {
        String spelling = new Spelling(new Choices(seed)).spell(exact);
        spellings.add(spelling);
        assertEquals(0, exact.compareTo(new BigDecimal(spelling)), spelling);
      }
      assertTrue(spellings.size() >= 5, number + " " + spellings);
    }
  }
}
