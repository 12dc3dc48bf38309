package dev.partita.testing.comparison;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Compares a running server with the reference model:
 *
 * <pre>
 * --endpoint http://localhost:8000 --operations 100000 --seed 7
 * </pre>
 *
 * <p>Without {@code --seed} a random one is used and printed. Further options: {@code
 * --access-key}, {@code --secret-key}, {@code --tables} (the prefix of the table names, default
 * {@code comparison}) and {@code --replays} (default 200). The exit status is 1 if the answers
 * disagree.
 */
public final class RandomisedComparisonMain {

  private RandomisedComparisonMain() {}

  /** Runs one comparison. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out));
  }

  static int run(String[] arguments, PrintStream out) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    String endpoint = options.getOrDefault("--endpoint", "http://localhost:8000");
    String seedText = options.getOrDefault("--seed", Long.toString(new Random().nextLong()));
    out.println("seed " + seedText);
    RandomisedComparison comparison =
        new RandomisedComparison(
            new HttpEndpoint(
                URI.create(endpoint),
                options.getOrDefault("--access-key", "test"),
                options.getOrDefault("--secret-key", "test")),
            options.getOrDefault("--tables", "comparison"),
            Integer.parseInt(options.getOrDefault("--replays", "200")),
            Duration.ofSeconds(10));
    ComparisonResult result =
        comparison.run(
            Long.parseLong(seedText),
            Integer.parseInt(options.getOrDefault("--operations", "100000")));
    result.outcomes().forEach((outcome, count) -> out.println(count + " " + outcome));
    out.println(result.report());
    return result.disagreement().isPresent() ? 1 : 0;
  }
}
