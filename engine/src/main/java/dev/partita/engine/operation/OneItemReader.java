package dev.partita.engine.operation;

import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ReplicationGroup.CachedItem;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiResponse;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one item: on the calling thread when that needs no disk, otherwise on the read pool. */
final class OneItemReader {
  private final RequestRouter router;
  private final ReadRunner reads;

  OneItemReader(RequestRouter router, ReadRunner reads) {
    this.router = router;
    this.reads = reads;
  }

  /** Answers with what {@code answer} makes of the item, which is null if there is none. */
  void read(
      TableDescriptor table,
      byte[] key,
      boolean consistent,
      Function<@Nullable StoredItem, ApiResponse> answer,
      ApiCallback callback) {
    switch (router.readCached(table, key, consistent)) {
      case CachedItem.Known known -> callback.completed(answer.apply(known.item()));
      case CachedItem.NotCached _ ->
          reads.run(callback, () -> answer.apply(router.read(table, key, consistent)));
    }
  }
}
