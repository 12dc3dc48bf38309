package dev.partita.cli;

import dev.partita.server.NodeConfiguration;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Starts the server; the one place where this module meets it. */
interface NodeStarter {

  /**
   * Starts a node and returns when it answers.
   *
   * @throws IOException if the address cannot be bound; the cause says why
   * @throws dev.partita.storage.StorageException if the data directory cannot be used; the message
   *     is one line for the operator
   */
  RunningNode start(NodeConfiguration configuration) throws IOException;

  /** A node that answers. */
  interface RunningNode extends AutoCloseable {
    /** Where it listens, with the real port. */
    InetSocketAddress address();

    /** Answers what is under way, makes everything durable and ends. */
    @Override
    void close();
  }
}
