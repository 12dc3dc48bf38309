package dev.partita.storage;

import java.io.IOException;

/** Asks the file system how much a directory can still take. */
@FunctionalInterface
public interface FreeSpaceProbe {

  /** Bytes that this process may still write. */
  long freeBytes() throws IOException;
}
