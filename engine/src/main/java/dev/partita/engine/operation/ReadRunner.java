package dev.partita.engine.operation;

import dev.partita.base.InvariantBrokenException;
import dev.partita.engine.router.ReadPool;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ApiResponse;
import dev.partita.replication.FatalErrorHandler;
import dev.partita.storage.DamagedFileException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs reads on the pool and answers with what they return or throw. Damaged data halts the node:
 * it is never served.
 */
final class ReadRunner {
  private static final Logger LOGGER = LoggerFactory.getLogger(ReadRunner.class);

  private final ReadPool pool;
  private final FatalErrorHandler fatalErrorHandler;

  ReadRunner(ReadPool pool, FatalErrorHandler fatalErrorHandler) {
    this.pool = pool;
    this.fatalErrorHandler = fatalErrorHandler;
  }

  void run(ApiCallback callback, Supplier<ApiResponse> read) {
    if (!pool.tryExecute(() -> answer(callback, read))) {
      callback.failed(OperationErrors.overloaded());
    }
  }

  /** Runs {@code step} and tells {@code callback} of whatever it throws. */
  void guard(ApiCallback callback, Runnable step) {
    try {
      step.run();
    } catch (ApiException refused) {
      callback.failed(refused.error());
    } catch (DamagedFileException | InvariantBrokenException damaged) {
      callback.failed(OperationErrors.internal());
      fatalErrorHandler.fatal("stored data is damaged", damaged);
    } catch (RuntimeException defect) {
      LOGGER.error("a request failed", defect);
      callback.failed(OperationErrors.internal());
    }
  }

  private void answer(ApiCallback callback, Supplier<ApiResponse> read) {
    guard(callback, () -> callback.completed(read.get()));
  }
}
