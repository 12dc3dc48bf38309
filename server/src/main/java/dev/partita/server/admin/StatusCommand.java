package dev.partita.server.admin;

import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.ReplicationGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /_partita/status}: how the node is, for people. */
final class StatusCommand implements AdminCommand.Action {
  private static final long MILLIS_PER_SECOND = 1_000;

  private final NodeParts parts;

  StatusCommand(NodeParts parts) {
    this.parts = parts;
  }

  @Override
  public void run(AdminParameters parameters, AdminReply reply) {
    long now = parts.clock().wallMillis();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("Region", parts.identity().region());
    status.put("Time", Instant.ofEpochMilli(now));
    status.put("UptimeSeconds", (now - parts.started()) / MILLIS_PER_SECOND);
    List<Object> groups = new ArrayList<>();
    for (ReplicationGroup group : parts.groups()) {
      groups.add(of(group));
    }
    status.put("Groups", groups);
    List<Object> tables = new ArrayList<>();
    for (TableDescriptor table : parts.catalog().tables().values()) {
      tables.add(of(table));
    }
    status.put("Tables", tables);
    reply.done(status);
  }

  private static Map<String, Object> of(ReplicationGroup group) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("Group", group.id().value());
    told.put("Partitions", group.partitions().stream().map(PartitionDescriptor::id).count());
    return told;
  }

  private static Map<String, Object> of(TableDescriptor table) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("TableName", table.name());
    told.put("TableStatus", table.status());
    return told;
  }
}
