package dev.partita.server.admin;

import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.scrub.IndexScrubber;
import dev.partita.engine.scrub.ScrubReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /_partita/check-index}: a table or an index of it, or all tables. */
final class CheckIndexCommand implements AdminCommand.Action {
  private static final int CONFLICT = 409;

  private final TableCatalog catalog;
  private final IndexScrubber scrubber;

  CheckIndexCommand(TableCatalog catalog, IndexScrubber scrubber) {
    this.catalog = catalog;
    this.scrubber = scrubber;
  }

  @Override
  public void run(AdminParameters parameters, AdminReply reply) throws AdminException {
    String tableName = parameters.optionalText("TableName");
    String indexName = parameters.optionalText("IndexName");
    List<TableDescriptor> tables;
    if (tableName == null) {
      if (indexName != null) {
        throw AdminException.badRequest("an index needs the name of its table");
      }
      tables = catalog.tables().values().stream().filter(TableDescriptor::servesItems).toList();
    } else {
      TableDescriptor table = Tables.serving(catalog, tableName);
      checkIndex(table, indexName);
      tables = List.of(table);
    }
    if (!scrubber.start(tables, indexName, reports -> reply.done(answer(reports)))) {
      throw new AdminException(CONFLICT, "a check is running already");
    }
  }

  private static void checkIndex(TableDescriptor table, @Nullable String indexName)
      throws AdminException {
    if (indexName == null || table.derived().localIndex(indexName) != null) {
      return;
    }
    GlobalIndexDescriptor index = table.derived().globalIndex(indexName);
    if (index == null) {
      throw AdminException.notFound("the table " + table.name() + " has no index " + indexName);
    }
    if (!index.servesReads()) {
      throw new AdminException(CONFLICT, "the index " + indexName + " is " + index.status());
    }
  }

  private static Map<String, Object> answer(List<ScrubReport> reports) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Consistent", reports.stream().allMatch(ScrubReport::isClean));
    answer.put("Tables", reports.stream().map(ScrubReportJson::of).toList());
    return answer;
  }
}
