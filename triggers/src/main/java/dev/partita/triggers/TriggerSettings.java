package dev.partita.triggers;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a consumer reads and how it delivers.
 *
 * @param source the stream
 * @param checkpoint the file that says how far each shard was delivered; one consumer at a time
 *     holds it
 * @param batching how records become batches
 * @param failures what happens to a batch that cannot be delivered
 * @param pace how often and how long
 */
public record TriggerSettings(
    Source source, Path checkpoint, Batching batching, Failures failures, Pace pace) {

  /** With the defaults of {@link Batching}, {@link Failures} and {@link Pace}. */
  public TriggerSettings(Source source, Path checkpoint) {
    this(source, checkpoint, Batching.DEFAULT, Failures.DEFAULT, Pace.DEFAULT);
  }

  /** Which stream: that of a table, or one by its name. */
  public sealed interface StreamName {

    /**
     * The newest stream of a table.
     *
     * @param table name or ARN
     */
    record OfTable(String table) implements StreamName {}

    /** A stream, also one that was disabled. */
    record Arn(String arn) implements StreamName {

      /** Checks the form. */
      public Arn {
        require(
            arn.matches("arn:[^:]*:dynamodb:[^:]*:[^:]*:table/[^/]+/stream/.+"),
            "not the ARN of a stream: " + arn);
      }
    }
  }

  /** Where a consumer begins in a stream that its checkpoint does not know yet. */
  public enum Start {
    /** With the oldest record that is there. */
    TRIM_HORIZON,
    /** With what is written from now on. */
    LATEST
  }

  /**
   * The stream.
   *
   * @param endpoint {@code http} or {@code https}, with a host and no path
   * @param region part of the signature; {@code awsRegion} of the records is the server's word
   * @param credentials present: every request is signed with Signature Version 4; empty: requests
   *     carry a fixed header of the same shape, which servers that check no signatures accept
   * @param stream which
   * @param start where to begin
   */
  public record Source(
      URI endpoint,
      String region,
      Optional<Credentials> credentials,
      StreamName stream,
      Start start) {

    /** Checks the endpoint and the region. */
    public Source {
      requireHttp(endpoint, "the endpoint");
      String path = endpoint.getPath() == null ? "" : endpoint.getPath();
      require(path.isEmpty() || path.equals("/"), "the endpoint has a path: " + endpoint);
      require(region.matches("[A-Za-z0-9-]{1,64}"), "not a region: " + region);
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
   * How records become batches. A batch's event never exceeds 6 MB, as on AWS.
   *
   * @param recordsMax 1 to 10,000
   * @param window how long a batch that is not full waits for more, 0 to 300 s
   * @param events which changes are delivered; the others count as delivered
   */
  public record Batching(int recordsMax, Duration window, Set<EventName> events) {
    /** 100 records, no waiting, all changes. */
    public static final Batching DEFAULT =
        new Batching(100, Duration.ZERO, EnumSet.allOf(EventName.class));

    /** Checks the ranges. */
    public Batching {
      require(recordsMax >= 1 && recordsMax <= 10_000, "the batch size is 1 to 10000");
      require(
          !window.isNegative() && window.toMillis() <= 300_000, "the batch window is 0 to 300 s");
      require(!events.isEmpty(), "there is no event to deliver");
      events = Set.copyOf(events);
    }
  }

  /**
   * What happens to a batch that cannot be delivered. As on AWS it is tried again until it
   * succeeds, its retries are used up or its records are too old; then it is given up.
   *
   * @param retriesMax after the first attempt; empty: without end
   * @param recordAgeMax records older than this are given up; empty: none is
   * @param bisect whether a batch of several records that fails is cut in two, each delivered on
   *     its own; the cut does not count as a retry
   * @param deliveryTimeout after which an attempt has failed
   * @param deadLetters where what is given up is written, one line of JSON for each batch; empty:
   *     it is only logged
   */
  public record Failures(
      OptionalInt retriesMax,
      Optional<Duration> recordAgeMax,
      boolean bisect,
      Duration deliveryTimeout,
      Optional<Path> deadLetters) {
    /** Retries without end, at any age, no cut, 60 s for an attempt. */
    public static final Failures DEFAULT =
        new Failures(
            OptionalInt.empty(), Optional.empty(), false, Duration.ofSeconds(60), Optional.empty());

    /** Checks the ranges. */
    public Failures {
      require(retriesMax.orElse(0) >= 0, "the number of retries is negative");
      recordAgeMax.ifPresent(age -> require(age.isPositive(), "the record age is not positive"));
      require(deliveryTimeout.isPositive(), "the delivery time-out is not positive");
    }
  }

  /**
   * How often and how long.
   *
   * @param pollInterval between two requests to a shard that has nothing new
   * @param discoveryInterval between two looks for new shards
   * @param stopTimeout how long deliveries under way may go on when the consumer is to stop
   */
  public record Pace(Duration pollInterval, Duration discoveryInterval, Duration stopTimeout) {
    /** Four requests a second for each shard, 10 s, 10 s. */
    public static final Pace DEFAULT =
        new Pace(Duration.ofMillis(250), Duration.ofSeconds(10), Duration.ofSeconds(10));

    /** Checks the ranges. */
    public Pace {
      require(pollInterval.toMillis() >= 1, "the poll interval is at least 1 ms");
      require(discoveryInterval.toMillis() >= 1, "the discovery interval is at least 1 ms");
      require(!stopTimeout.isNegative(), "the stop time-out is negative");
    }
  }

  static void requireHttp(URI uri, String what) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    require(
        scheme.equals("http") || scheme.equals("https"),
        what + " is not http:// or https://: " + uri);
    require(uri.getHost() != null, what + " has no host: " + uri);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
