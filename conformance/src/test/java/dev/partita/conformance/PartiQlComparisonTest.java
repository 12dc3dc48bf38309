package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;

/**
 * Random WHERE clauses: whatever is read by keys or scanned, in pages of whatever size, a SELECT
 * finds each item that satisfies its clause, and once.
 */
class PartiQlComparisonTest {
  private static final int CLAUSES = 200;
  private static final int DEPTH_MAX = 3;
  private static final List<String> PARTITIONS = List.of("a", "b", "c");
  private static final int SORT_KEYS = 8;

  /** An item; {@code w} is missing where {@code v} is 0. */
  private record Row(String p, int s, int v) {
    String key() {
      return p + s;
    }
  }

  private record Clause(String text, Predicate<Row> holds) {}

  /** Makes clauses. */
  private record Clauses(Random random) {
    Clause next(int depth) {
      return switch (depth == 0 ? 3 : random.nextInt(5)) {
        case 0 -> {
          Clause left = next(depth - 1);
          Clause right = next(depth - 1);
          yield new Clause(
              "(" + left.text + " AND " + right.text + ")", left.holds.and(right.holds));
        }
        case 1 -> {
          Clause left = next(depth - 1);
          Clause right = next(depth - 1);
          yield new Clause("(" + left.text + " OR " + right.text + ")", left.holds.or(right.holds));
        }
        case 2 -> {
          Clause part = next(depth - 1);
          yield new Clause("NOT (" + part.text + ")", part.holds.negate());
        }
        default -> leaf();
      };
    }

    private Clause leaf() {
      int bound = random.nextInt(SORT_KEYS);
      int other = random.nextInt(SORT_KEYS);
      String partition = PARTITIONS.get(random.nextInt(PARTITIONS.size()));
      return switch (random.nextInt(10)) {
        case 0, 1, 2 -> new Clause("p = '" + partition + "'", row -> row.p.equals(partition));
        case 3 -> new Clause("p IN ['a', 'c']", row -> !row.p.equals("b"));
        case 4 -> new Clause("s = " + bound, row -> row.s == bound);
        case 5 -> new Clause("s > " + bound, row -> row.s > bound);
        case 6 ->
            new Clause(
                "s BETWEEN " + Math.min(bound, other) + " AND " + Math.max(bound, other),
                row -> row.s >= Math.min(bound, other) && row.s <= Math.max(bound, other));
        case 7 -> new Clause("s <> " + bound, row -> row.s != bound);
        case 8 -> new Clause("v < " + bound, row -> row.v < bound);
        default -> new Clause("w IS MISSING", row -> row.v == 0);
      };
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void everyItemIsFoundOnce(int replicationGroups, @TempDir Path directory) {
    long seed = Seeds.next("PartiQlComparisonTest");
    try (Server server =
        Server.of(
            ServerProcess.start(
                directory.resolve("data"),
                "--replication-groups",
                Integer.toString(replicationGroups)))) {
      String table = Tables.withSortKey(server.sdk());
      List<Row> rows = fill(server.sdk(), table);
      Random random = new Random(seed);
      Clauses clauses = new Clauses(random);
      int answered = 0;
      for (int i = 0; i < CLAUSES; i++) {
        answered += check(server.sdk(), table, rows, clauses.next(DEPTH_MAX), random) ? 1 : 0;
      }
      assertTrue(answered > CLAUSES / 2, answered + " clauses answered, seed " + seed);
    }
  }

  private static List<Row> fill(DynamoDbClient client, String table) {
    List<Row> rows = new ArrayList<>();
    for (String p : PARTITIONS) {
      for (int s = 0; s < SORT_KEYS; s++) {
        Row row = new Row(p, s, (s * 3 + p.charAt(0)) % 5);
        rows.add(row);
        Map<String, AttributeValue> item =
            Values.item("p", Values.string(p), "s", Values.number(s), "v", Values.number(row.v));
        if (row.v != 0) {
          item.put("w", Values.number(1));
        }
        client.putItem(r -> r.tableName(table).item(item));
      }
    }
    return rows;
  }

  /** False if the clause was refused, as AWS refuses those whose reads overlap. */
  private static boolean check(
      DynamoDbClient client, String table, List<Row> rows, Clause clause, Random random) {
    String statement = "SELECT p, s FROM \"" + table + "\" WHERE " + clause.text;
    List<String> found = new ArrayList<>();
    try {
      Integer limit = random.nextBoolean() ? null : 1 + random.nextInt(6);
      String token = null;
      do {
        String next = token;
        ExecuteStatementResponse page =
            client.executeStatement(r -> r.statement(statement).limit(limit).nextToken(next));
        page.items()
            .forEach(item -> found.add(Values.of(item, "p").s() + Values.of(item, "s").n()));
        token = page.nextToken();
      } while (token != null);
    } catch (DynamoDbException refused) {
      assertTrue(
          String.valueOf(refused.getMessage()).startsWith("Overlapping conditions"),
          statement + refused);
      return false;
    }
    TreeSet<String> distinct = new TreeSet<>(found);
    assertEquals(distinct.size(), found.size(), statement);
    assertEquals(
        rows.stream()
            .filter(clause.holds)
            .map(Row::key)
            .collect(Collectors.toCollection(TreeSet::new)),
        distinct,
        statement);
    return true;
  }
}
