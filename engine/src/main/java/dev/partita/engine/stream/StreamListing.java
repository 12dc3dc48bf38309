package dev.partita.engine.stream;

import dev.partita.engine.metadata.StreamDescriptor;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.model.api.ListStreamsRequest;
import dev.partita.model.api.ListStreamsResponse;
import dev.partita.model.api.StreamSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ListStreams: ordered by table, then by label, so that a page can begin where a stream was that is
 * gone by now.
 */
final class StreamListing {
  private static final int LIMIT_DEFAULT = 100;

  private final StreamDirectory directory;
  private final ServerIdentity identity;

  StreamListing(StreamDirectory directory, ServerIdentity identity) {
    this.directory = directory;
    this.identity = identity;
  }

  ListStreamsResponse list(ListStreamsRequest request) {
    StreamArn start = start(request.exclusiveStartStreamArn());
    int limit = request.limit() == null ? LIMIT_DEFAULT : request.limit();
    List<StreamSummary> page = new ArrayList<>();
    for (TableDescriptor table : tables(request.tableName(), start)) {
      for (StreamDescriptor stream : table.derived().streams()) {
        if (start != null && !isAfter(table, stream, start)) {
          continue;
        }
        if (page.size() == limit) {
          return new ListStreamsResponse(page, page.getLast().streamArn());
        }
        page.add(
            new StreamSummary(
                identity.streamArn(table.name(), stream.label()), table.name(), stream.label()));
      }
    }
    return new ListStreamsResponse(page, null);
  }

  private static @Nullable StreamArn start(@Nullable String arn) {
    if (arn == null) {
      return null;
    }
    StreamArn start = StreamArn.parse(arn);
    if (start == null) {
      throw StreamErrors.invalidStreamArn();
    }
    return start;
  }

  private Collection<TableDescriptor> tables(@Nullable String name, @Nullable StreamArn start) {
    if (name != null) {
      TableDescriptor table = directory.catalog().find(name);
      return table == null ? List.of() : List.of(table);
    }
    return start == null
        ? directory.catalog().tables().values()
        : directory.catalog().tables().tailMap(start.tableName(), true).values();
  }

  private static boolean isAfter(TableDescriptor table, StreamDescriptor stream, StreamArn start) {
    int order = table.name().compareTo(start.tableName());
    return order > 0 || (order == 0 && stream.label().compareTo(start.label()) > 0);
  }
}
