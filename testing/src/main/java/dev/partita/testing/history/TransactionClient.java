package dev.partita.testing.history;

import dev.partita.testing.comparison.Endpoint;
import dev.partita.testing.comparison.EndpointUnavailableException;
import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.TransactGet;
import dev.partita.testing.reference.Operation.TransactGetItems;
import dev.partita.testing.reference.Operation.TransactWrite;
import dev.partita.testing.reference.Operation.TransactWriteItems;
import dev.partita.testing.reference.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sends transactions as a careful client does: a write whose outcome is not known is sent again
 * with its token, in the very same words, until an answer says what became of it.
 *
 * <p>The endpoint must send each request once.
 */
public final class TransactionClient {

  /** Answers after which nothing has happened, now or later. */
  private static final Set<String> NOT_DONE =
      Set.of(
          "ProvisionedThroughputExceededException",
          "RequestLimitExceeded",
          "ThrottlingException",
          "TransactionConflictException");

  /** Answers after which the same request may be sent again. */
  private static final Set<String> NOT_YET =
      Set.of(
          "ProvisionedThroughputExceededException",
          "RequestLimitExceeded",
          "ThrottlingException",
          "TransactionInProgressException");

  private static final String CANCELLED = "TransactionCanceledException";
  private static final long PAUSE_MILLIS = 5;

  private final Endpoint endpoint;
  private final int attemptsMax;

  /**
   * @param attemptsMax how often a write is sent before its outcome is called unknown
   */
  public TransactionClient(Endpoint endpoint, int attemptsMax) {
    this.endpoint = endpoint;
    this.attemptsMax = attemptsMax;
  }

  /**
   * A TransactWriteItems.
   *
   * @param token not used before
   * @param style decides how the request is written
   * @throws IllegalStateException for an answer that it must not get
   */
  public TransactionOutcome write(List<TransactWrite> writes, String token, long style) {
    GeneratedOperation request =
        new GeneratedOperation(
            new TransactWriteItems(writes, Optional.of(token), Capacity.NONE), style);
    for (int attempt = 0; attempt < attemptsMax; attempt++) {
      Optional<TransactionOutcome> outcome = send(request);
      if (outcome.isPresent() && !(outcome.get() instanceof TransactionOutcome.Unknown)) {
        return outcome.get();
      }
      ClientThreads.pause(PAUSE_MILLIS);
    }
    return new TransactionOutcome.Unknown();
  }

  /** A TransactGetItems, once. */
  public TransactionOutcome read(List<TransactGet> gets, long style) {
    return once(new TransactGetItems(gets, Capacity.NONE), style);
  }

  /** A single operation, once: one that takes part in no transaction but may meet one. */
  public TransactionOutcome once(Operation operation, long style) {
    return send(new GeneratedOperation(operation, style)).orElse(new TransactionOutcome.Unknown());
  }

  /** Empty if the request may be sent again, and has not had an effect that is known. */
  private Optional<TransactionOutcome> send(GeneratedOperation request) {
    Reply reply;
    try {
      reply = endpoint.send(request);
    } catch (EndpointUnavailableException lost) {
      return Optional.of(new TransactionOutcome.Unknown());
    }
    if (reply.succeeded()) {
      return Optional.of(new TransactionOutcome.Done(reply));
    }
    if (reply.errorType().equals(CANCELLED)) {
      return Optional.of(new TransactionOutcome.Cancelled(codes(reply)));
    }
    boolean retried = request.operation() instanceof TransactWriteItems;
    if (retried && NOT_YET.contains(reply.errorType())) {
      return Optional.empty();
    }
    if (NOT_DONE.contains(reply.errorType())
        || reply.errorType().equals("ConditionalCheckFailedException")) {
      return Optional.of(new TransactionOutcome.Cancelled(List.of(reply.errorType())));
    }
    if (reply.status() >= 500) {
      return Optional.of(new TransactionOutcome.Unknown());
    }
    throw new IllegalStateException("unexpected answer: " + reply);
  }

  /** The codes of the reasons of a cancellation, one for each action. */
  private static List<String> codes(Reply reply) {
    List<String> codes = new ArrayList<>();
    if (reply.body().member("CancellationReasons").orElse(Json.object())
        instanceof Json.ArrayOf reasons) {
      for (Json reason : reasons.elements()) {
        codes.add(((Json.ObjectOf) reason).text("Code").orElse(""));
      }
    }
    if (codes.stream().allMatch("None"::equals)) {
      throw new IllegalStateException("a cancellation without a reason: " + reply);
    }
    return codes;
  }
}
