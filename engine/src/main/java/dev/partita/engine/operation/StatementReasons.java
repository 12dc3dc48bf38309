package dev.partita.engine.operation;

import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.CancellationReason;
import dev.partita.model.api.CancellationReasonCode;
import java.util.ArrayList;
import java.util.List;

/** Why the statements of a transaction cannot be carried out, before any of them was. */
final class StatementReasons {
  private final List<CancellationReason> reasons = new ArrayList<>();

  /** The next statement's table is not there. */
  void addTableNotFound() {
    reasons.add(
        new CancellationReason(
            CancellationReasonCode.RESOURCE_NOT_FOUND,
            OperationErrors.resourceNotFound().error().message()));
  }

  /** The next statement is carried out if {@code check} does not throw an ApiException. */
  void addCheck(Runnable check) {
    try {
      check.run();
      reasons.add(CancellationReason.none());
    } catch (ApiException wrong) {
      reasons.add(TransactionErrors.validation(wrong.error().message()));
    }
  }

  /** Cancels the transaction if a statement cannot be carried out. */
  void throwIfAny() {
    if (reasons.stream().anyMatch(reason -> reason.code() != CancellationReasonCode.NONE)) {
      throw new ApiException(ApiError.transactionCanceled(reasons));
    }
  }
}
