package dev.partita.engine.operation;

import dev.partita.base.Bytes;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.operation.ConsumedCapacities.Usage;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.CapacityUnits;
import dev.partita.model.Item;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.BatchExecuteStatementRequest;
import dev.partita.model.api.BatchExecuteStatementResponse;
import dev.partita.model.api.BatchStatementRequest;
import dev.partita.model.api.BatchStatementResponse;
import dev.partita.model.expression.ExpressionException;
import dev.partita.model.partiql.BoundStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * BatchExecuteStatement: up to 25 statements, each on its own and about one item. A statement that
 * fails says so in its own answer; the others run.
 *
 * <p>Source: AWS, "Running batch operations with PartiQL for DynamoDB", and answers of AWS.
 */
final class BatchExecuteStatement {
  private static final int READ_AT_ONCE = 10;

  private final RequestStatements statements;
  private final RequestRouter router;
  private final ItemWriter writer;
  private final ReadRunner reads;

  BatchExecuteStatement(
      RequestStatements statements, RequestRouter router, ItemWriter writer, ReadRunner reads) {
    this.statements = statements;
    this.router = router;
    this.writer = writer;
    this.reads = reads;
  }

  /** A statement of the batch, as far as it came before any ran. */
  sealed interface Member {
    /** It does not run. */
    record Failed(ApiError error) implements Member {}

    /** It says something, whether or not that fits the table. */
    record Parsed(BoundStatement statement) implements Member {}

    /** It reads an item. */
    record Read(
        BoundStatement.Select statement, TableDescriptor table, byte[] key, boolean consistent)
        implements Member {}

    /** It writes an item. */
    record Write(BoundStatement.Write statement, ItemWrite write, int expressionBytes)
        implements Member {}
  }

  void execute(BatchExecuteStatementRequest request, ApiCallback callback) {
    List<Member> parsed = request.statements().stream().map(this::parse).toList();
    checkKinds(parsed);
    List<Member> members = new ArrayList<>(parsed.size());
    for (int index = 0; index < parsed.size(); index++) {
      members.add(plan(parsed.get(index), request.statements().get(index)));
    }
    checkDistinct(members);
    if (members.stream().anyMatch(Member.Read.class::isInstance)) {
      reads.run(callback, () -> read(request, members));
    } else {
      new BatchedStatementWrites(request, members, writer).run(callback);
    }
  }

  private Member parse(BatchStatementRequest member) {
    if (member.parametersProblem() != null) {
      return new Member.Failed(ApiError.validation(member.parametersProblem()));
    }
    try {
      return new Member.Parsed(
          statements.bind(member.statement(), RequestStatements.parameters(member.parameters())));
    } catch (ExpressionException wrong) {
      return new Member.Failed(ApiError.validation(RequestExpressions.messageOf(wrong)));
    }
  }

  private static void checkKinds(List<Member> members) {
    boolean hasReads = false;
    boolean hasWrites = false;
    for (Member member : members) {
      if (member instanceof Member.Parsed(BoundStatement statement)) {
        hasReads |= statement instanceof BoundStatement.Select;
        hasWrites |= statement instanceof BoundStatement.Write;
      }
    }
    if (hasReads && hasWrites) {
      throw ApiException.validation(
          "Read and write requests together in the same batch is not supported.");
    }
  }

  private Member plan(Member member, BatchStatementRequest request) {
    if (!(member instanceof Member.Parsed(BoundStatement statement))) {
      return member;
    }
    try {
      return switch (statement) {
        case BoundStatement.Select select ->
            read(select, Boolean.TRUE.equals(request.consistentRead()));
        case BoundStatement.Write write -> {
          TableDescriptor table = ItemWriter.servingTable(router, write.table());
          int bytes = RequestStatements.expressionBytes(request.statement(), request.parameters());
          yield new Member.Write(write, StatementWrites.plan(table, write, bytes), bytes);
        }
        case BoundStatement.Exists _ -> throw ExecuteStatement.existsOutsideTransaction();
      };
    } catch (ApiException refused) {
      return new Member.Failed(refused.error());
    }
  }

  private Member read(BoundStatement.Select select, boolean consistent) {
    TableDescriptor table = ItemWriter.servingTable(router, select.table());
    Item key = StatementReadPlanner.oneKey(table, select, consistent, "BatchExecuteStatement");
    return new Member.Read(select, table, ItemKeys.ofKey(table, key), consistent);
  }

  private static void checkDistinct(List<Member> members) {
    Set<Bytes> keys = new HashSet<>();
    for (Member member : members) {
      byte[] key =
          switch (member) {
            case Member.Read read -> read.key;
            case Member.Write write -> write.write.key();
            case Member.Failed _, Member.Parsed _ -> null;
          };
      if (key != null && !keys.add(Bytes.wrap(key))) { // A storage key names the table, too.
        throw ApiException.validation("Provided list of item keys contains duplicates");
      }
    }
  }

  private BatchExecuteStatementResponse read(
      BatchExecuteStatementRequest request, List<Member> members) {
    Map<ReadFrom, List<Integer>> byTable = new HashMap<>();
    for (int index = 0; index < members.size(); index++) {
      if (members.get(index) instanceof Member.Read read) {
        byTable
            .computeIfAbsent(new ReadFrom(read.table, read.consistent), _ -> new ArrayList<>())
            .add(index);
      }
    }
    @Nullable StoredItem[] found = new StoredItem[members.size()];
    byTable.forEach((from, indices) -> find(from, members, indices, found));
    List<BatchStatementResponse> responses = new ArrayList<>(members.size());
    Map<String, Usage> used = new LinkedHashMap<>();
    for (int index = 0; index < members.size(); index++) {
      responses.add(
          switch (members.get(index)) {
            case Member.Read read -> {
              String table = read.statement.table();
              double units = CapacityUnits.read(ItemWriter.sizeOf(found[index]), read.consistent);
              used.computeIfAbsent(table, _ -> Usage.ofTable(0)).add(Usage.ofTable(units));
              yield new BatchStatementResponse(null, table, item(read, found[index]));
            }
            case Member.Failed(ApiError error) -> StatementErrors.response(error, null);
            case Member.Parsed _, Member.Write _ ->
                StatementErrors.response(OperationErrors.internal(), null);
          });
    }
    return new BatchExecuteStatementResponse(
        responses, ConsumedCapacities.ofAll(request.returnConsumedCapacity(), used));
  }

  /** What is read together: each statement says for itself whether it reads consistently. */
  private record ReadFrom(TableDescriptor table, boolean consistent) {}

  private void find(
      ReadFrom from, List<Member> members, List<Integer> indices, @Nullable StoredItem[] found) {
    for (int start = 0; start < indices.size(); start += READ_AT_ONCE) {
      List<Integer> some = indices.subList(start, Math.min(indices.size(), start + READ_AT_ONCE));
      List<byte[]> keys = new ArrayList<>(some.size());
      for (int index : some) {
        keys.add(((Member.Read) members.get(index)).key);
      }
      List<@Nullable StoredItem> items = router.read(from.table, keys, from.consistent);
      for (int place = 0; place < some.size(); place++) {
        found[some.get(place)] = items.get(place);
      }
    }
  }

  private static @Nullable Item item(Member.Read read, @Nullable StoredItem found) {
    return found == null ? null : read.statement.projection().project(found.item());
  }
}
