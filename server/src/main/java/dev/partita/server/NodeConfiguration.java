package dev.partita.server;

import dev.partita.engine.stream.UpkeepSettings;
import dev.partita.engine.ttl.ExpirySettings;
import dev.partita.storage.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a node. Made with {@link #builder()}; every setting has a default.
 *
 * @param host the address to listen on, no other; default 127.0.0.1
 * @param port 0 to 65535, 0 lets the system choose; default 8000
 * @param dataDirectory where the data lies; null keeps it for the life of the process only; default
 *     ./partita-data
 * @param durability SYNC forces every write to disk before it is acknowledged; default SYNC;
 *     without effect when there is no data directory
 * @param region the one region that this server is; default us-east-1
 * @param accountId twelve digits, part of ARNs; default 000000000000
 * @param replicationGroups how many data groups a new data directory gets, 1 to 8; default one for
 *     every 8 processors; an existing directory keeps its number
 * @param transitionDelay how long tables stay CREATING, UPDATING and DELETING; default none
 * @param timeToLiveInterval how long time to live of a table must be left alone after a change;
 *     default an hour, as on AWS
 * @param expiryPollInterval how often expired items are looked for; default a second
 * @param shardLifetime after which time a child takes over from a shard of a stream; default 4
 *     hours, as on AWS
 * @param testControls whether tests may make the server behave badly; default no
 * @param blockCacheBytes cache of blocks and write buffers, shared by all groups; default an eighth
 *     of the machine's memory, 64 MiB to 8 GiB
 * @param readThreads threads for reads that may touch the disk; default twice the processors, at
 *     least 4
 * @param eventLoops threads that move bytes; default half the processors, at least 1
 */
public record NodeConfiguration(
    String host,
    int port,
    @Nullable Path dataDirectory,
    Durability durability,
    String region,
    String accountId,
    int replicationGroups,
    Duration transitionDelay,
    Duration timeToLiveInterval,
    Duration expiryPollInterval,
    Duration shardLifetime,
    boolean testControls,
    long blockCacheBytes,
    int readThreads,
    int eventLoops) {
  private static final int REPLICATION_GROUPS_MAX = 8;
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern ACCOUNT_ID = Pattern.compile("[0-9]{12}");

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** All that is wrong with the settings, a line each; empty if nothing is. */
  public List<String> errors() {
    List<String> errors = new ArrayList<>();
    require(errors, port >= 0 && port <= 65_535, "port must be 0 to 65535, is " + port);
    require(
        errors,
        replicationGroups >= 1 && replicationGroups <= REPLICATION_GROUPS_MAX,
        "replicationGroups must be 1 to 8, is " + replicationGroups);
    require(
        errors,
        REGION.matcher(region).matches(),
        "region must be lower-case letters, digits and hyphens, is " + region);
    require(
        errors,
        ACCOUNT_ID.matcher(accountId).matches(),
        "accountId must be twelve digits, is " + accountId);
    require(errors, !transitionDelay.isNegative(), "transitionDelay must not be negative");
    require(errors, !timeToLiveInterval.isNegative(), "timeToLiveInterval must not be negative");
    require(errors, isPositive(expiryPollInterval), "expiryPollInterval must be positive");
    require(errors, isPositive(shardLifetime), "shardLifetime must be positive");
    require(
        errors,
        blockCacheBytes >= 1 << 20,
        "blockCacheBytes must be at least 1048576, is " + blockCacheBytes);
    require(errors, readThreads >= 1, "readThreads must be at least 1, is " + readThreads);
    require(errors, eventLoops >= 1, "eventLoops must be at least 1, is " + eventLoops);
    return errors;
  }

  private static boolean isPositive(Duration duration) {
    return duration.compareTo(Duration.ZERO) > 0;
  }

  private static void require(List<String> errors, boolean holds, String error) {
    if (!holds) {
      errors.add(error);
    }
  }

  /** Collects the settings that differ from the defaults. */
  public static final class Builder {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private String host = "127.0.0.1";
    private int port = 8000;
    private @Nullable Path dataDirectory = Path.of("partita-data");
    private Durability durability = Durability.SYNC;
    private String region = "us-east-1";
    private String accountId = "000000000000";
    private int replicationGroups = Math.clamp(PROCESSORS / 8, 1, REPLICATION_GROUPS_MAX);
    private Duration transitionDelay = Duration.ZERO;
    private Duration timeToLiveInterval = Duration.ofHours(1);
    private Duration expiryPollInterval = ExpirySettings.DEFAULT.pollInterval();
    private Duration shardLifetime = UpkeepSettings.DEFAULT.shardLifetime();
    private boolean testControls;
    private long blockCacheBytes = MachineMemory.defaultBlockCacheBytes();
    private int readThreads = Math.max(4, 2 * PROCESSORS);
    private int eventLoops = Math.max(1, PROCESSORS / 2);

    private Builder() {}

    public Builder host(String value) {
      host = value;
      return this;
    }

    public Builder port(int value) {
      port = value;
      return this;
    }

    /** Null keeps the data for the life of the process only. */
    public Builder dataDirectory(@Nullable Path value) {
      dataDirectory = value;
      return this;
    }

    public Builder durability(Durability value) {
      durability = value;
      return this;
    }

    public Builder region(String value) {
      region = value;
      return this;
    }

    public Builder accountId(String value) {
      accountId = value;
      return this;
    }

    public Builder replicationGroups(int value) {
      replicationGroups = value;
      return this;
    }

    public Builder transitionDelay(Duration value) {
      transitionDelay = value;
      return this;
    }

    public Builder timeToLiveInterval(Duration value) {
      timeToLiveInterval = value;
      return this;
    }

    public Builder expiryPollInterval(Duration value) {
      expiryPollInterval = value;
      return this;
    }

    public Builder shardLifetime(Duration value) {
      shardLifetime = value;
      return this;
    }

    public Builder testControls(boolean value) {
      testControls = value;
      return this;
    }

    public Builder blockCacheBytes(long value) {
      blockCacheBytes = value;
      return this;
    }

    public Builder readThreads(int value) {
      readThreads = value;
      return this;
    }

    public Builder eventLoops(int value) {
      eventLoops = value;
      return this;
    }

    /** The settings, right or wrong: see {@link NodeConfiguration#errors()}. */
    public NodeConfiguration build() {
      return new NodeConfiguration(
          host,
          port,
          dataDirectory,
          durability,
          region,
          accountId,
          replicationGroups,
          transitionDelay,
          timeToLiveInterval,
          expiryPollInterval,
          shardLifetime,
          testControls,
          blockCacheBytes,
          readThreads,
          eventLoops);
    }
  }
}
