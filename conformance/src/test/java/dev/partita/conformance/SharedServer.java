package dev.partita.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one server, started for the first of them and stopped after the last; or, as {@link
 * OfGroups}, one for each number of replication groups.
 */
final class SharedServer implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedServer.class);

  /** The server and its directory, which goes with it. */
  private record Started(Server server, Path directory) implements AutoCloseable {
    static Started start(String... options) {
      try {
        Path directory = Files.createTempDirectory("partita-conformance");
        return new Started(
            Server.of(ServerProcess.start(directory.resolve("data"), options)), directory);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      try (Stream<Path> tree = Files.walk(directory)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** The server with a number of replication groups. */
  interface OfGroups {
    Server of(int groups);

    /** One of its own, started with --test-controls; whoever sets one takes it back. */
    Server withTestControls(int groups);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Server.class || type == OfGroups.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
    if (parameter.getParameter().getType() == Server.class) {
      return store.computeIfAbsent("server", key -> Started.start(), Started.class).server();
    }
    return new OfGroups() {
      @Override
      public Server of(int groups) {
        return started("groups " + groups, groups);
      }

      @Override
      public Server withTestControls(int groups) {
        return started("test controls, groups " + groups, groups, "--test-controls");
      }

      private Server started(String name, int groups, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--replication-groups", Integer.toString(groups)));
        return store
            .computeIfAbsent(name, key -> Started.start(all.toArray(String[]::new)), Started.class)
            .server();
      }
    };
  }
}
