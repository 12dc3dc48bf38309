package dev.partita.bench;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a benchmark does and where.
 *
 * @param target the endpoint
 * @param workload what is sent
 * @param pace how fast and how long
 * @param filling when the table is filled first
 * @param maxErrorRatio the share of requests, 0 to 1, that may fail before the run counts as failed
 */
public record BenchmarkSettings(
    Target target, Workload workload, Pace pace, Filling filling, double maxErrorRatio) {

  /** Checks the bound. */
  public BenchmarkSettings {
    require(maxErrorRatio >= 0 && maxErrorRatio <= 1, "the error bound is between 0 and 1");
  }

  /** When the table is filled before the measurement. */
  public enum Filling {
    /** If the workload needs items and the first or the last of them is missing. */
    AUTO,
    /** Always, with all keys. */
    ALWAYS,
    /** Never. */
    NEVER
  }

  /**
   * Where requests go and how they are signed.
   *
   * @param endpoint {@code http} or {@code https}, with a host and no path
   * @param region the region's name, part of the signature
   * @param credentials present: every request is signed with Signature Version 4; empty: requests
   *     carry a fixed header of the same shape, which servers that check no signatures accept
   * @param table a table with the string keys {@code pk} and {@code sk}; created if missing
   */
  public record Target(
      URI endpoint, String region, Optional<Credentials> credentials, String table) {

    /** Checks the endpoint and the names. */
    public Target {
      String scheme = endpoint.getScheme() == null ? "" : endpoint.getScheme();
      require(
          scheme.equals("http") || scheme.equals("https"), "an endpoint is http:// or https://");
      require(endpoint.getHost() != null, "the endpoint has no host: " + endpoint);
      String path = endpoint.getPath() == null ? "" : endpoint.getPath();
      require(path.isEmpty() || path.equals("/"), "the endpoint has a path: " + endpoint);
      require(table.matches("[A-Za-z0-9_.-]{3,255}"), "not a table name: " + table);
      require(region.matches("[A-Za-z0-9-]{1,64}"), "not a region: " + region);
    }

    boolean encrypted() {
      return "https".equals(endpoint.getScheme());
    }

    int port() {
      return endpoint.getPort() > 0 ? endpoint.getPort() : encrypted() ? 443 : 80;
    }

    /** The value of the Host header: the port only where it is not the scheme's own. */
    String hostHeader() {
      boolean usual = port() == (encrypted() ? 443 : 80);
      return usual ? endpoint.getHost() : endpoint.getHost() + ":" + port();
    }
  }

  /** AWS credentials; the secret stays out of {@link #toString}. */
  public record Credentials(
      String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {
    @Override
    public String toString() {
      return "Credentials[" + accessKeyId + "]";
    }
  }

  /**
   * What is sent.
   *
   * @param mix the operations and their weights
   * @param itemBytes size of an item by AWS's rules, 64 to 409,600
   * @param keyCount number of different items, 1 to 10^12
   * @param distribution how requests spread over them
   * @param itemsPerQuery items in each item collection that Query reads, 1 to 1,000
   * @param consistentRead whether GetItem and Query ask for a strongly consistent read
   * @param seed of the random choices; the same seed sends the same requests
   */
  public record Workload(
      OperationMix mix,
      int itemBytes,
      long keyCount,
      KeyDistribution distribution,
      int itemsPerQuery,
      boolean consistentRead,
      long seed) {

    /** Checks the ranges. */
    public Workload {
      require(itemBytes >= 64 && itemBytes <= 409_600, "an item is 64 to 409600 bytes");
      require(keyCount >= 1 && keyCount <= 1_000_000_000_000L, "the key count is 1 to 10^12");
      require(itemsPerQuery >= 1 && itemsPerQuery <= 1000, "a query reads 1 to 1000 items");
    }

    /** Item collections that Query chooses from. */
    long collectionCount() {
      return Math.max(1, keyCount / itemsPerQuery);
    }
  }

  /**
   * How fast and how long.
   *
   * @param ratePerSecond requests a second over all connections (open loop); empty: every
   *     connection always has one request under way (closed loop)
   * @param connections TCP connections, 1 to 20,000
   * @param threads event loops that share them, 1 to 64
   * @param warmUp time before the measured window
   * @param duration length of the measured window
   * @param timeout after which a request counts as failed and its connection is replaced
   */
  public record Pace(
      Optional<Double> ratePerSecond,
      int connections,
      int threads,
      Duration warmUp,
      Duration duration,
      Duration timeout) {

    /** Checks the ranges. */
    public Pace {
      ratePerSecond.ifPresent(
          rate -> require(rate > 0 && rate <= 10_000_000, "the rate is above 0 and at most 10^7"));
      require(connections >= 1 && connections <= 20_000, "connections are 1 to 20000");
      require(threads >= 1 && threads <= 64, "threads are 1 to 64");
      require(threads <= connections, "there are more threads than connections");
      require(!warmUp.isNegative(), "the warm-up is negative");
      require(duration.toMillis() >= 100, "the duration is at least 0.1 s");
      require(timeout.toMillis() >= 1, "the timeout is at least 1 ms");
    }

    /** The rate as the command line takes it: a number or {@code max}. */
    String rateText() {
      return ratePerSecond.map(rate -> String.format(Locale.ROOT, "%.0f/s", rate)).orElse("max");
    }
  }

  /** The same benchmark against another endpoint. */
  public BenchmarkSettings at(URI endpoint) {
    Target moved = new Target(endpoint, target.region, target.credentials, target.table);
    return new BenchmarkSettings(moved, workload, pace, filling, maxErrorRatio);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
