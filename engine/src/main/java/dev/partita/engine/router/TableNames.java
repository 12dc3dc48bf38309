package dev.partita.engine.router;

import org.jspecify.annotations.Nullable;

/** Takes a table's name from what a client gave, which is the name or the ARN. */
final class TableNames {
  private static final String ARN_PREFIX = "arn:";

  private final String tableArnPrefix;

  TableNames(ServerIdentity identity) {
    this.tableArnPrefix = identity.tableArn("");
  }

  /** Null if it is the ARN of something that is not a table of this server. */
  @Nullable String nameOf(String nameOrArn) {
    if (!nameOrArn.startsWith(ARN_PREFIX)) {
      return nameOrArn;
    }
    return nameOrArn.startsWith(tableArnPrefix)
        ? nameOrArn.substring(tableArnPrefix.length())
        : null;
  }
}
