package dev.partita.protocol.encoding;

import dev.partita.model.api.Capacity;
import dev.partita.model.api.ConsumedCapacity;
import dev.partita.model.api.ItemCollectionMetrics;
import dev.partita.protocol.binding.TableNames;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what an operation used, and the sizes of the item collections it touched. */
final class CapacityWriter {
  private final JsonWriter json;
  private final ItemWriter items;
  private final TableNames names;

  CapacityWriter(JsonWriter json, ItemWriter items, TableNames names) {
    this.json = json;
    this.items = items;
    this.names = names;
  }

  void member(@Nullable ConsumedCapacity capacity) {
    if (capacity != null) {
      json.name("ConsumedCapacity");
      write(capacity);
    }
  }

  void member(@Nullable List<ConsumedCapacity> capacities) {
    if (capacities != null) {
      json.name("ConsumedCapacity").startArray();
      capacities.forEach(this::write);
      json.endArray();
    }
  }

  void member(@Nullable ItemCollectionMetrics metrics) {
    if (metrics != null) {
      json.name("ItemCollectionMetrics");
      write(metrics);
    }
  }

  void member(@Nullable Map<String, List<ItemCollectionMetrics>> metricsByTable) {
    if (metricsByTable != null) {
      json.name("ItemCollectionMetrics").startObject();
      metricsByTable.forEach((table, metrics) -> {
        json.name(names.asSent(table)).startArray();
        metrics.forEach(this::write);
        json.endArray();
      });
      json.endObject();
    }
  }

  private void write(ConsumedCapacity capacity) {
    json.startObject().member("TableName", names.asSent(capacity.tableName()));
    units(capacity.capacityUnits(), capacity.readCapacityUnits(), capacity.writeCapacityUnits());
    Capacity table = capacity.table();
    if (table != null) {
      json.name("Table");
      write(table);
    }
    byIndex("LocalSecondaryIndexes", capacity.localSecondaryIndexes());
    byIndex("GlobalSecondaryIndexes", capacity.globalSecondaryIndexes());
    json.endObject();
  }

  private void byIndex(String name, @Nullable Map<String, Capacity> capacities) {
    if (capacities != null) {
      json.name(name).startObject();
      capacities.forEach((index, capacity) -> {
        json.name(index);
        write(capacity);
      });
      json.endObject();
    }
  }

  private void write(Capacity capacity) {
    json.startObject();
    units(capacity.capacityUnits(), capacity.readCapacityUnits(), capacity.writeCapacityUnits());
    json.endObject();
  }

  private void units(double sum, @Nullable Double read, @Nullable Double write) {
    json.name("CapacityUnits").value(sum);
    json.member("ReadCapacityUnits", read).member("WriteCapacityUnits", write);
  }

  private void write(ItemCollectionMetrics metrics) {
    json.startObject().name("ItemCollectionKey");
    items.write(metrics.itemCollectionKey());
    json.name("SizeEstimateRangeGB").startArray();
    metrics.sizeEstimateRangeGb().forEach(json::value);
    json.endArray().endObject();
  }
}
