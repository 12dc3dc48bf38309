package dev.partita.testing.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects what is wrong with a request. AWS reports one error; with several, which one it reports
 * is not known here, so only the type is promised, and not even that if the types differ.
 */
final class Checks {

  private final List<RefusedException> refusals = new ArrayList<>();

  /** Runs a check that may throw {@link RefusedException}. */
  void check(Runnable check) {
    try {
      check.run();
    } catch (RefusedException refused) {
      refusals.add(refused);
    }
  }

  /** Throws if a check has failed. */
  void finish() {
    Optional<RefusedException> refused = refusals.stream().findFirst();
    if (refused.isEmpty()) {
      return;
    }
    if (refusals.stream().map(r -> r.reply().errorType()).distinct().count() > 1) {
      throw new UndecidedException("errors of several types");
    }
    if (refusals.stream().map(r -> r.reply().message()).distinct().count() > 1) {
      throw RefusedException.validation();
    }
    throw refused.get();
  }
}
