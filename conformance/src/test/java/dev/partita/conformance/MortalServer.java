package dev.partita.conformance;

import dev.partita.testing.comparison.Endpoint;
import dev.partita.testing.comparison.EndpointUnavailableException;
import dev.partita.testing.comparison.HttpEndpoint;
import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.reference.Reply;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * A server that is killed and started again on its directory while clients use it. Between two
 * lives they wait and send nothing; each request is sent once.
 */
final class MortalServer implements Endpoint, AutoCloseable {
  private static final int WAIT_SECONDS_MAX = 60;

  private final Path data;
  private final String[] options;
  private final AtomicInteger lostAnswers = new AtomicInteger();
  private ServerProcess process;
  private volatile CompletableFuture<Endpoint> current = new CompletableFuture<>();

  private MortalServer(Path data, String... options) {
    this.data = data;
    this.options = options;
    this.process = ServerProcess.start(data, options);
    up();
  }

  static MortalServer start(Path data, String... options) {
    return new MortalServer(data, options);
  }

  private void up() {
    current.complete(new HttpEndpoint(process.address(), "key", "secret").once());
  }

  /** SIGKILL, and a new life. */
  void kill() {
    current = new CompletableFuture<>();
    process.kill();
    process = ServerProcess.start(data, options);
    up();
  }

  /** Kills at random moments until that many times, or until the clients have come to their end. */
  int killDuring(Future<?> clients, int kills, RandomGenerator random) throws InterruptedException {
    int done = 0;
    while (done < kills) {
      Thread.sleep(random.nextInt(50, 400));
      if (clients.isDone()) {
        break;
      }
      kill();
      done++;
    }
    return done;
  }

  /** How many requests were under way when the server was killed. */
  int lostAnswers() {
    return lostAnswers.get();
  }

  @Override
  public Reply send(GeneratedOperation operation) {
    try {
      return current.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS).send(operation);
    } catch (EndpointUnavailableException lost) {
      lostAnswers.incrementAndGet();
      throw lost;
    } catch (ExecutionException | TimeoutException failed) {
      throw new IllegalStateException("no server", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
