package dev.partita.engine.simulation;

import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.ApiResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** One reader of each stream, which goes on over crashes. */
final class StreamWorkload implements Workload {
  private static final int RECORDS_PER_READ = 5;

  private final Map<String, StreamFollower> followers = new LinkedHashMap<>();
  private final Set<String> busy = new TreeSet<>();

  /** Begins to follow the stream of a table. */
  void follow(String table, String streamArn) {
    followers.put(table, new StreamFollower(streamArn, RECORDS_PER_READ));
  }

  StreamFollower follower(String table) {
    return Objects.requireNonNull(followers.get(table));
  }

  @Override
  public Exchange next(Dice dice) {
    String table = dice.oneOf(List.copyOf(followers.keySet()));
    return busy.add(table)
        ? new Step(table, follower(table).next())
        : new Bystander(follower(table).describe());
  }

  private final class Step implements Exchange {
    private final String table;
    private final ApiRequest request;

    Step(String table, ApiRequest request) {
      this.table = table;
      this.request = request;
    }

    @Override
    public ApiRequest request() {
      return request;
    }

    @Override
    public void completed(ApiResponse response, long start, long end) {
      busy.remove(table);
      follower(table).take(response);
    }

    @Override
    public void refused(ApiError error, long start, long end) {
      throw new SimulationFailure(request + " got " + error);
    }

    @Override
    public void unknown(long start) {
      busy.remove(table);
    }
  }

  /** Somebody who only wants to see which shards there are. */
  private record Bystander(ApiRequest request) implements Exchange {
    @Override
    public void completed(ApiResponse response, long start, long end) {}

    @Override
    public void refused(ApiError error, long start, long end) {
      throw new SimulationFailure(request + " got " + error);
    }

    @Override
    public void unknown(long start) {}
  }
}
