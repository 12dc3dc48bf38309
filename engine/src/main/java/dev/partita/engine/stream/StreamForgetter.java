package dev.partita.engine.stream;

import dev.partita.engine.metadata.TableDescriptor;

/** Whoever changes tables: told that streams are over. */
@FunctionalInterface
public interface StreamForgetter {

  /**
   * Takes the streams of {@code table} off its list that were disabled before {@code before}. Soon,
   * not at once; repeating it is harmless.
   *
   * @param before milliseconds since 1970
   */
  void forgetStreams(TableDescriptor table, long before);
}
