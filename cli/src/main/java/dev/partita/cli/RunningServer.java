package dev.partita.cli;

import dev.partita.server.Node;
import dev.partita.server.NodeConfiguration;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The real server behind {@link NodeStarter}. */
record RunningServer(Node node) implements NodeStarter.RunningNode {

  static NodeStarter.RunningNode start(NodeConfiguration configuration) throws IOException {
    return new RunningServer(Node.start(configuration));
  }

  @Override
  public InetSocketAddress address() {
    return node.address();
  }

  @Override
  public void close() {
    node.close();
  }
}
