package dev.partita.server.admin;

import dev.partita.engine.scrub.IndexScrubber;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands of a node by their names, which are the paths behind {@link AdminEndpoint#PATH}. */
public final class AdminCommands implements AutoCloseable {
  static final String TEST_CONTROLS = "test-controls";
  private static final String CONTROLS_ARE_OFF =
      "test controls are off; a server that is started with --test-controls, or with"
          + " PARTITA_TEST_CONTROLS=true in its environment, or with test-controls=true in its"
          + " file, has them";

  private final IndexScrubber scrubber;
  private final Map<String, AdminCommand> byName = new LinkedHashMap<>();

  /** The commands of a node. */
  public AdminCommands(NodeParts parts) {
    scrubber = new IndexScrubber(parts.catalog(), parts.groups(), parts.scheduler(), parts.clock());
    byName.put(
        "check-index",
        AdminCommand.post(
            new CheckIndexCommand(parts.catalog(), scrubber), "TableName", "IndexName"));
    byName.put("status", AdminCommand.get(new StatusCommand(parts)));
    if (parts.controls() != null) {
      new TestControlCommands(parts, parts.controls()).addTo(byName);
    }
  }

  /** The command of this name; null if there is none. */
  @Nullable AdminCommand find(String name) {
    return byName.get(name);
  }

  /** Why there is no command of this name. */
  String notFound(String name) {
    boolean isControl = name.equals(TEST_CONTROLS) || name.startsWith(TEST_CONTROLS + "/");
    return isControl && !byName.containsKey(TEST_CONTROLS)
        ? CONTROLS_ARE_OFF
        : "nothing is here; there are " + String.join(", ", byName.keySet());
  }

  /** Ends what runs. */
  @Override
  public void close() {
    scrubber.close();
  }
}
