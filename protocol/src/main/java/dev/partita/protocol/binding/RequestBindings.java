package dev.partita.protocol.binding;

import dev.partita.base.InvariantBrokenException;
import dev.partita.protocol.shape.ApiModel;
import dev.partita.protocol.shape.StructureShape;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operations that Partita implements. */
public final class RequestBindings {
  private final Map<String, Operation> operations = new HashMap<>();

  /** One implemented operation. */
  public record Operation(String name, StructureShape input, RequestBinding binding) {}

  /**
   * Binds every implemented operation.
   *
   * @throws InvariantBrokenException if a binding and the model do not fit
   */
  public RequestBindings(ApiModel model) {
    add(model, "BatchExecuteStatement", StatementBindings::batchExecuteStatement);
    add(model, "BatchGetItem", BatchBindings::batchGetItem);
    add(model, "BatchWriteItem", BatchBindings::batchWriteItem);
    add(model, "CreateTable", TableBindings::createTable);
    add(model, "DeleteItem", ItemBindings::deleteItem);
    add(model, "DeleteTable", TableBindings::deleteTable);
    add(model, "DescribeContinuousBackups", TableBindings::describeContinuousBackups);
    add(model, "DescribeEndpoints", TableBindings::describeEndpoints);
    add(model, "DescribeLimits", TableBindings::describeLimits);
    add(model, "DescribeStream", StreamBindings::describeStream);
    add(model, "DescribeTable", TableBindings::describeTable);
    add(model, "DescribeTimeToLive", TableBindings::describeTimeToLive);
    add(model, "ExecuteStatement", StatementBindings::executeStatement);
    add(model, "ExecuteTransaction", StatementBindings::executeTransaction);
    add(model, "GetItem", ItemBindings::getItem);
    add(model, "GetRecords", StreamBindings::getRecords);
    add(model, "GetShardIterator", StreamBindings::getShardIterator);
    add(model, "ListStreams", StreamBindings::listStreams);
    add(model, "ListTables", TableBindings::listTables);
    add(model, "ListTagsOfResource", TableBindings::listTagsOfResource);
    add(model, "PutItem", ItemBindings::putItem);
    add(model, "Query", QueryBindings::query);
    add(model, "Scan", QueryBindings::scan);
    add(model, "TagResource", TableBindings::tagResource);
    add(model, "TransactGetItems", TransactionBindings::transactGetItems);
    add(model, "TransactWriteItems", TransactionBindings::transactWriteItems);
    add(model, "UntagResource", TableBindings::untagResource);
    add(model, "UpdateItem", ItemBindings::updateItem);
    add(model, "UpdateTable", TableBindings::updateTable);
    add(model, "UpdateTimeToLive", TableBindings::updateTimeToLive);
  }

  private void add(ApiModel model, String name, Function<Slots, RequestBinding> binding) {
    StructureShape input = model.input(name);
    if (input == null) {
      throw new InvariantBrokenException("The API model lacks the operation " + name);
    }
    operations.put(name, new Operation(name, input, Slots.bindRequest(input, binding)));
  }

  /** The operation called {@code name}, or null if Partita does not implement it. */
  public @Nullable Operation operation(String name) {
    return operations.get(name);
  }

  /** The names of the implemented operations. */
  public Set<String> names() {
    return Set.copyOf(operations.keySet());
  }
}
