package dev.partita.engine.simulation;

import static dev.partita.engine.simulation.Values.number;
import static dev.partita.engine.simulation.Values.parameters;
import static dev.partita.engine.simulation.Values.text;

import dev.partita.base.Clock;
import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.CreateTableRequest;
import dev.partita.model.api.DeleteItemResponse;
import dev.partita.model.api.ProjectionType;
import dev.partita.model.api.TimeToLiveSpecification;
import dev.partita.model.api.UpdateTimeToLiveRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Items that expire, in a table with a global index. Its stream tells whether all went well. */
final class ExpiringWorkload implements Workload {
  static final String TABLE = "expiring";
  static final String EXPIRY = "e";

  private static final List<String> NAMES = KeyNames.of("p", 16);
  private static final int SECONDS_MAX = 4;

  private final Writes writes;
  private final Clock serviceClock;

  ExpiringWorkload(Writes writes, Clock serviceClock) {
    this.writes = writes;
    this.serviceClock = serviceClock;
  }

  static CreateTableRequest table() {
    return Requests.createTable(
        TABLE,
        List.of(Requests.attribute("p", AttributeType.S), Requests.attribute("x", AttributeType.S)),
        Requests.key("p"),
        null,
        List.of(Requests.globalIndex("by-x", Requests.key("x", "p"), ProjectionType.ALL)));
  }

  static UpdateTimeToLiveRequest timeToLive() {
    return new UpdateTimeToLiveRequest(TABLE, new TimeToLiveSpecification(EXPIRY, true));
  }

  @Override
  public Exchange next(Dice dice) {
    Item key = Values.item("p", text(dice.oneOf(NAMES)));
    return switch (dice.below(10)) {
      case 0 -> new Delete(key);
      case 1, 2, 3 -> {
        long write = writes.begin(name(key));
        boolean expires = dice.percent(80);
        yield new Write(
            write,
            expires
                ? Requests.update(
                    TABLE,
                    key,
                    "SET w = :w, e = :e",
                    parameters(":w", number(write), ":e", number(soon(dice))))
                : Requests.update(
                    TABLE, key, "SET w = :w REMOVE e", parameters(":w", number(write))));
      }
      default -> {
        long write = writes.begin(name(key));
        Map<String, AttributeValue> attributes = new LinkedHashMap<>(key.attributes());
        attributes.put(Writes.ATTRIBUTE, number(write));
        attributes.put("x", text("x" + dice.below(3)));
        if (dice.percent(80)) {
          attributes.put(EXPIRY, number(soon(dice)));
        }
        yield new Write(write, Requests.put(TABLE, Item.of(attributes), null, null));
      }
    };
  }

  private long soon(Dice dice) {
    return serviceClock.wallMillis() / 1_000 - 1 + dice.below(SECONDS_MAX);
  }

  static String name(Item item) {
    return Writes.name(TABLE, text(item, "p"));
  }

  private final class Write implements Exchange {
    private final long write;
    private final ApiRequest request;

    Write(long write, ApiRequest request) {
      this.write = write;
      this.request = request;
    }

    @Override
    public ApiRequest request() {
      return request;
    }

    @Override
    public void completed(ApiResponse response, long start, long end) {
      writes.end(write, Writes.Fate.DONE);
    }

    @Override
    public void refused(ApiError error, long start, long end) {
      writes.end(write, Writes.Fate.REFUSED);
    }

    @Override
    public void unknown(long start) {}
  }

  private final class Delete implements Exchange {
    private final Item key;

    Delete(Item key) {
      this.key = key;
    }

    @Override
    public ApiRequest request() {
      return Requests.delete(TABLE, key);
    }

    @Override
    public void completed(ApiResponse response, long start, long end) {
      if (((DeleteItemResponse) response).attributes() != null) {
        writes.deleted(name(key), true);
      }
    }

    @Override
    public void refused(ApiError error, long start, long end) {}

    @Override
    public void unknown(long start) {
      writes.deleted(name(key), false);
    }
  }
}
