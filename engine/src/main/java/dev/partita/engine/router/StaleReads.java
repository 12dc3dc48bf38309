package dev.partita.engine.router;

import dev.partita.engine.partition.ItemReader;
import dev.partita.engine.partition.ReplicationGroup;
import org.jspecify.annotations.Nullable;

/**
 * Lets eventually consistent reads see a state that is past, as those of a replica that lags would;
 * only where a test of an application asks for it.
 */
@FunctionalInterface
public interface StaleReads {

  /** The state of a group that such a read sees; null for the present one. */
  @Nullable PastState state(ReplicationGroup group);

  /** A state of a group that is kept until it is closed. */
  interface PastState extends AutoCloseable {
    /** Reads of that state. */
    ItemReader items();

    @Override
    void close();
  }
}
