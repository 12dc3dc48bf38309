package dev.partita.base;

import java.util.concurrent.ThreadLocalRandom;

/** Random numbers as the product sees them, so that a simulation can repeat them. */
@FunctionalInterface
public interface RandomSource {

  /** 64 random bits; fit for names, not for secrets. */
  long nextLong();

  /** The machine's. */
  RandomSource SYSTEM = () -> ThreadLocalRandom.current().nextLong();
}
