package dev.partita.testing.history;

import dev.partita.testing.comparison.Endpoint;
import dev.partita.testing.comparison.EndpointUnavailableException;
import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.reference.Guard;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Mutation;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.Operation.CreateTable;
import dev.partita.testing.reference.Operation.GetItem;
import dev.partita.testing.reference.Operation.TransactCheck;
import dev.partita.testing.reference.Operation.TransactGet;
import dev.partita.testing.reference.Operation.TransactGetItems;
import dev.partita.testing.reference.Operation.TransactUpdate;
import dev.partita.testing.reference.Operation.TransactWrite;
import dev.partita.testing.reference.Operation.TransactWriteItems;
import dev.partita.testing.reference.ReferenceModel;
import dev.partita.testing.reference.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Servers of one model, one operation at a time, that are right, unreliable or wrong. */
public final class FakeServer implements Endpoint {

  private final ReferenceModel model;
  private final AtomicInteger requests = new AtomicInteger();

  /** What became of transactions that were cancelled, by token: a repetition is told the same. */
  private final Map<String, Reply> cancelled = new HashMap<>();

  public FakeServer(Mutation mutation) {
    this.model = new ReferenceModel(mutation);
  }

  @Override
  public Reply send(GeneratedOperation operation) {
    if (requests.incrementAndGet() % 3 == 0) {
      // Lets others come first.
      ClientThreads.pause(1);
    }
    return execute(operation.operation());
  }

  private synchronized Reply execute(Operation operation) {
    Optional<String> token =
        operation instanceof TransactWriteItems write ? write.token() : Optional.empty();
    Optional<Reply> before = token.flatMap(one -> Optional.ofNullable(cancelled.get(one)));
    if (before.isPresent()) {
      return before.get();
    }
    Reply reply = model.execute(operation);
    if (!reply.succeeded()) {
      token.ifPresent(one -> cancelled.put(one, reply));
    }
    return reply;
  }

  /** Loses requests and answers, throttles, and has conflicts; but is right. */
  public static Endpoint unreliable(Endpoint server, long seed) {
    Random random = new Random(seed);
    return operation -> {
      int luck;
      synchronized (random) {
        luck = operation.operation() instanceof CreateTable ? 99 : random.nextInt(100);
      }
      return switch (luck) {
        case 0, 1 -> throw new EndpointUnavailableException("the request was lost");
        case 2, 3 -> {
          server.send(operation);
          throw new EndpointUnavailableException("the answer was lost");
        }
        case 4, 5 -> {
          server.send(operation);
          yield new Reply(500, "InternalServerError", "", Json.object());
        }
        case 6 -> new Reply(400, "ThrottlingException", "", Json.object());
        case 7, 8 ->
            switch (operation.operation()) {
              case TransactWriteItems write ->
                  new Reply(400, "TransactionInProgressException", "", Json.object());
              case TransactGetItems read ->
                  new Reply(400, "TransactionCanceledException", "", conflict());
              case Operation other -> new Reply(500, "InternalServerError", "", Json.object());
            };
        case 9 ->
            operation.operation() instanceof TransactWriteItems write && write.token().isEmpty()
                ? new Reply(400, "TransactionCanceledException", "", conflict())
                : server.send(operation);
        default -> server.send(operation);
      };
    };
  }

  private static Json.ObjectOf conflict() {
    Json reason = Json.object("Code", Json.text("TransactionConflict"));
    return Json.object("CancellationReasons", new Json.ArrayOf(List.of(reason)));
  }

  /** Reads the items of a transaction one by one. */
  public static Endpoint tearingReads(Endpoint server) {
    return operation -> {
      if (!(operation.operation() instanceof TransactGetItems whole)) {
        return server.send(operation);
      }
      List<Json> responses = new ArrayList<>();
      for (TransactGet get : whole.gets()) {
        TransactGetItems one = new TransactGetItems(List.of(get), whole.capacity());
        Reply reply = server.send(new GeneratedOperation(one, operation.style()));
        responses.addAll(
            ((Json.ArrayOf) reply.body().member("Responses").orElseThrow()).elements());
        Thread.yield();
      }
      return new Reply(200, "", "", Json.object("Responses", new Json.ArrayOf(responses)));
    };
  }

  /** Does the actions of a transaction one by one. */
  public static Endpoint tearingWrites(Endpoint server) {
    return operation -> {
      if (!(operation.operation() instanceof TransactWriteItems whole)) {
        return server.send(operation);
      }
      Reply last = new Reply(200, "", "", Json.object());
      for (TransactWrite write : whole.writes()) {
        TransactWriteItems one =
            new TransactWriteItems(List.of(write), Optional.empty(), whole.capacity());
        last = server.send(new GeneratedOperation(one, operation.style()));
        if (!last.succeeded()) {
          return last;
        }
        Thread.yield();
      }
      return last;
    };
  }

  /** Answers a read now and then with what the same read found before. */
  public static Endpoint stale(Endpoint server) {
    Map<Operation, Reply> earlier = new ConcurrentHashMap<>();
    return operation -> {
      Reply reply = server.send(operation);
      boolean read =
          operation.operation() instanceof GetItem
              || operation.operation() instanceof TransactGetItems;
      return read
          ? Optional.ofNullable(earlier.put(operation.operation(), reply)).orElse(reply)
          : reply;
    };
  }

  /** Takes transactions without their conditions. */
  public static Endpoint careless(Endpoint server) {
    return operation -> {
      if (!(operation.operation() instanceof TransactWriteItems whole)) {
        return server.send(operation);
      }
      List<TransactWrite> writes = new ArrayList<>();
      for (TransactWrite write : whole.writes()) {
        switch (write) {
          case TransactUpdate update ->
              writes.add(
                  new TransactUpdate(
                      update.table(), update.key(), update.update(), new Guard.Always(), false));
          case TransactCheck check -> {}
          case TransactWrite other -> writes.add(other);
        }
      }
      return server.send(
          new GeneratedOperation(
              new TransactWriteItems(writes, whole.token(), whole.capacity()), operation.style()));
    };
  }

  /** Acknowledges a transaction now and then without doing it. */
  public static Endpoint forgetful(Endpoint server, long seed) {
    Random random = new Random(seed);
    return operation -> {
      boolean forgets;
      synchronized (random) {
        forgets = random.nextInt(50) == 0;
      }
      return operation.operation() instanceof TransactWriteItems && forgets
          ? new Reply(200, "", "", Json.object())
          : server.send(operation);
    };
  }
}
