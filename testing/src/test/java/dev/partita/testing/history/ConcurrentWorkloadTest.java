package dev.partita.testing.history;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.comparison.Endpoint;
import dev.partita.testing.comparison.EndpointUnavailableException;
import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.reference.Guard;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Mutation;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.Projection;
import dev.partita.testing.reference.ReferenceModel;
import dev.partita.testing.reference.Reply;
import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.ValueJson;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Workloads against servers that are right, unreliable or wrong. */
class ConcurrentWorkloadTest {

  private static final long SEED = 42;
  private static final int CLIENTS = 5;

  /** The model, one operation at a time. */
  private static final class Server implements Endpoint {
    private final ReferenceModel model = new ReferenceModel(Mutation.NONE);

    @Override
    public synchronized Reply send(GeneratedOperation operation) {
      return model.execute(operation.operation());
    }
  }

  private static List<RecordedOperation> history(Endpoint endpoint, int operations) {
    ConcurrentWorkload workload = new ConcurrentWorkload(List.of(endpoint), "registers", 3);
    assertTrue(workload.createTable().succeeded());
    return workload.run(CLIENTS, operations, SEED, Duration.ofSeconds(60));
  }

  private static Verdict judge(List<RecordedOperation> history) {
    return new LinearizabilityChecker(5_000_000).check(history);
  }

  @Test
  void aRightServerIsLinearizable() {
    List<RecordedOperation> history = history(new Server(), 400);
    assertInstanceOf(Verdict.Linearizable.class, judge(history));
    assertTrue(history.size() == CLIENTS * 400);
    assertTrue(history.stream().anyMatch(o -> o.outcome() instanceof Outcome.Refused));
  }

  @Test
  void lostAnswersAndThrottlesDoNotMakeAServerWrong() {
    Server server = new Server();
    Random random = new Random(SEED);
    Endpoint unreliable =
        operation -> {
          int luck;
          synchronized (random) {
            luck = random.nextInt(100);
          }
          if (luck == 0 && !(operation.operation() instanceof Operation.CreateTable)) {
            throw new EndpointUnavailableException("lost");
          }
          if (luck == 1) {
            Reply done = server.send(operation);
            if (!(operation.operation() instanceof Operation.CreateTable)) {
              return new Reply(500, "InternalServerError", "", done.body());
            }
            return done;
          }
          if (luck == 2 && !(operation.operation() instanceof Operation.CreateTable)) {
            return new Reply(400, "ThrottlingException", "", Json.object());
          }
          return server.send(operation);
        };
    List<RecordedOperation> history = history(unreliable, 300);
    assertInstanceOf(Verdict.Linearizable.class, judge(history));
    assertTrue(history.stream().anyMatch(o -> o.outcome() instanceof Outcome.Unknown));
  }

  @Test
  void staleReadsAreFound() {
    Server server = new Server();
    Map<String, Reply> earlier = new HashMap<>();
    Endpoint stale =
        operation -> {
          synchronized (earlier) {
            Reply reply = server.send(operation);
            if (!(operation.operation() instanceof Operation.GetItem get)) {
              return reply;
            }
            Reply before = earlier.put(get.key().toString(), reply);
            return Optional.ofNullable(before).orElse(reply);
          }
        };
    assertInstanceOf(Verdict.Violated.class, judge(history(stale, 200)));
  }

  @Test
  void aLostWriteIsFound() {
    Server server = new Server();
    int[] puts = new int[1];
    Endpoint forgetful =
        operation -> {
          synchronized (puts) {
            boolean write =
                operation.operation() instanceof Operation.UpdateItem
                    || operation.operation() instanceof Operation.DeleteItem;
            if (write && ++puts[0] % 20 == 0) {
              // Answers as if done, and then undoes it.
              Operation.GetItem look = look(operation.operation());
              Reply before = server.send(new GeneratedOperation(look, 0));
              Reply reply = server.send(operation);
              restore(server, look, before);
              return reply;
            }
            return server.send(operation);
          }
        };
    assertInstanceOf(Verdict.Violated.class, judge(history(forgetful, 400)));
  }

  private static Operation.GetItem look(Operation operation) {
    MapValue key =
        switch (operation) {
          case Operation.UpdateItem update -> update.key();
          case Operation.DeleteItem delete -> delete.key();
          case Operation other -> throw new IllegalArgumentException(other.name());
        };
    return new Operation.GetItem(
        "registers", key, new Projection.Everything(), true, Operation.Capacity.NONE);
  }

  private static void restore(Server server, Operation.GetItem look, Reply before) {
    Operation.WriteOptions options =
        new Operation.WriteOptions(
            new Guard.Always(), Operation.ReturnValues.NONE, false, Operation.Capacity.NONE);
    Operation undo =
        before
            .body()
            .member("Item")
            .<Operation>map(item ->
                new Operation.PutItem("registers", ValueJson.decodeAttributes(item), options))
            .orElseGet(() -> new Operation.DeleteItem("registers", look.key(), options));
    server.send(new GeneratedOperation(undo, 0));
  }

  @Test
  void anUnexpectedErrorStopsTheWorkload() {
    Server server = new Server();
    Endpoint broken =
        operation ->
            operation.operation() instanceof Operation.GetItem
                ? new Reply(400, "ValidationException", "no", Json.object())
                : server.send(operation);
    assertThrows(IllegalStateException.class, () -> history(broken, 50));
  }
}
