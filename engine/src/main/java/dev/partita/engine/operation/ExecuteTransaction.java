package dev.partita.engine.operation;

import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.Item;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ExecuteTransactionRequest;
import dev.partita.model.api.ExecuteTransactionResponse;
import dev.partita.model.api.ParameterizedStatement;
import dev.partita.model.expression.ExpressionException;
import dev.partita.model.expression.StatementBinding;
import dev.partita.model.partiql.BoundStatement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ExecuteTransaction: a TransactGetItems of SELECTs, or a TransactWriteItems of all other
 * statements. A statement that is wrong in itself fails the request; that its table is not there or
 * that its key does not fit is the reason of a cancellation.
 *
 * <p>Source: AWS, "Performing transactions with PartiQL for DynamoDB", and answers of AWS.
 */
final class ExecuteTransaction {
  private final RequestStatements statements;
  private final RequestRouter router;
  private final TransactWriteItems writes;
  private final TransactGetItems reads;

  ExecuteTransaction(
      RequestStatements statements,
      RequestRouter router,
      TransactWriteItems writes,
      TransactGetItems reads) {
    this.statements = statements;
    this.router = router;
    this.writes = writes;
    this.reads = reads;
  }

  void execute(ExecuteTransactionRequest request, ApiCallback callback) {
    List<BoundStatement> bound = new ArrayList<>(request.transactStatements().size());
    for (ParameterizedStatement statement : request.transactStatements()) {
      bound.add(bind(bound.size(), statement));
    }
    long selects = bound.stream().filter(BoundStatement.Select.class::isInstance).count();
    if (selects == 0) {
      write(request, bound, callback);
    } else if (selects == bound.size()) {
      read(request, bound, callback);
    } else {
      throw ApiException.validation(
          "ExecuteTransaction API does not support both read and write operations in the same"
              + " request.");
    }
  }

  private BoundStatement bind(int index, ParameterizedStatement statement) {
    StatementBinding parameters =
        RequestExpressions.checked(() -> RequestStatements.parameters(statement.parameters()));
    try {
      return statements.bind(statement.statement(), parameters);
    } catch (ExpressionException wrong) {
      throw invalid(index, RequestExpressions.messageOf(wrong));
    }
  }

  private static ApiException invalid(int index, String message) {
    return ApiException.validation(
        "Validation failed in TransactStatements[" + index + "]: " + message);
  }

  /** Null if it is not there. */
  private @Nullable TableDescriptor find(BoundStatement statement) {
    TableDescriptor table = router.find(statement.table());
    return table != null && table.servesItems() ? table : null;
  }

  private void read(
      ExecuteTransactionRequest request, List<BoundStatement> selects, ApiCallback callback) {
    List<TransactGetItems.Get> gets = new ArrayList<>(selects.size());
    StatementReasons reasons = new StatementReasons();
    for (int index = 0; index < selects.size(); index++) {
      BoundStatement statement = selects.get(index);
      TableDescriptor table = find(statement);
      if (table == null) {
        reasons.addTableNotFound();
      } else if (statement instanceof BoundStatement.Select select) {
        Item key = key(index, table, select);
        reasons.addCheck(() -> ItemKeys.ofKey(table, key));
        gets.add(new TransactGetItems.Get(select.table(), key, select.projection(), true));
      }
    }
    reasons.throwIfAny();
    reads.execute(
        gets,
        request.returnConsumedCapacity(),
        read -> new ExecuteTransactionResponse(read.responses(), read.consumedCapacity()),
        callback);
  }

  private static Item key(int index, TableDescriptor table, BoundStatement.Select select) {
    if (select.source().index() != null) {
      throw invalid(index, "Reads on indices are not supported within transactions.");
    }
    try {
      return StatementReadPlanner.oneKey(table, select, true, "ExecuteTransaction");
    } catch (ApiException wrong) {
      throw invalid(index, wrong.error().message());
    }
  }

  private void write(
      ExecuteTransactionRequest request, List<BoundStatement> written, ApiCallback callback) {
    List<TransactAction> actions = new ArrayList<>(written.size());
    StatementReasons reasons = new StatementReasons();
    for (int index = 0; index < written.size(); index++) {
      BoundStatement statement = written.get(index);
      TableDescriptor table = find(statement);
      if (table == null) {
        reasons.addTableNotFound();
        continue;
      }
      String problem = StatementActions.problem(table, statement);
      if (problem != null) {
        throw invalid(index, problem);
      }
      ParameterizedStatement asked = request.transactStatements().get(index);
      reasons.addCheck(() -> {
        TransactAction action = StatementActions.of(table, statement, asked);
        action.key(table); // Checks it.
        actions.add(action);
      });
    }
    reasons.throwIfAny();
    String token = request.clientRequestToken();
    writes.execute(
        actions,
        new TransactWriteItems.Settings(
            token == null ? null : RequestDigest.ofStatements(token, request.transactStatements()),
            request.returnConsumedCapacity(),
            null),
        done -> new ExecuteTransactionResponse(List.of(), done.consumedCapacity()),
        callback);
  }
}
