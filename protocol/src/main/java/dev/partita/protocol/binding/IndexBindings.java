package dev.partita.protocol.binding;

import dev.partita.model.api.GlobalSecondaryIndex;
import dev.partita.model.api.GlobalSecondaryIndexUpdate;
import dev.partita.model.api.IndexProjection;
import dev.partita.model.api.KeySchemaElement;
import dev.partita.model.api.LocalSecondaryIndex;
import dev.partita.model.api.OnDemandThroughput;
import dev.partita.model.api.ProjectionType;
import dev.partita.model.api.ProvisionedThroughput;
import dev.partita.model.api.WarmThroughput;
import java.util.List;

/** The indexes in CreateTable and UpdateTable. */
final class IndexBindings {
  private IndexBindings() {}

  static StructureBinding<LocalSecondaryIndex> local(Slots slots) {
    Slot<String> name = slots.string("IndexName");
    Slot<List<KeySchemaElement>> keySchema = slots.list("KeySchema", TableBindings::keyElement);
    Slot<IndexProjection> projection = slots.structure("Projection", IndexBindings::projection);
    return input ->
        new LocalSecondaryIndex(
            name.require(input), keySchema.require(input), projection.require(input));
  }

  static StructureBinding<GlobalSecondaryIndex> global(Slots slots) {
    Slot<String> name = slots.string("IndexName");
    Slot<List<KeySchemaElement>> keySchema = slots.list("KeySchema", TableBindings::keyElement);
    Slot<IndexProjection> projection = slots.structure("Projection", IndexBindings::projection);
    Slot<ProvisionedThroughput> provisioned =
        slots.structure("ProvisionedThroughput", TableBindings::provisioned);
    Slot<OnDemandThroughput> onDemand =
        slots.structure("OnDemandThroughput", TableBindings::onDemand);
    Slot<WarmThroughput> warm = slots.structure("WarmThroughput", TableBindings::warm);
    return input ->
        new GlobalSecondaryIndex(
            name.require(input),
            keySchema.require(input),
            projection.require(input),
            provisioned.get(input),
            onDemand.get(input),
            warm.get(input));
  }

  static StructureBinding<GlobalSecondaryIndexUpdate> globalUpdate(Slots slots) {
    Slot<GlobalSecondaryIndexUpdate.Update> update =
        slots.structure("Update", IndexBindings::throughputUpdate);
    Slot<GlobalSecondaryIndex> create = slots.structure("Create", IndexBindings::global);
    Slot<GlobalSecondaryIndexUpdate.Delete> delete =
        slots.structure("Delete", IndexBindings::deletion);
    return input ->
        new GlobalSecondaryIndexUpdate(update.get(input), create.get(input), delete.get(input));
  }

  private static StructureBinding<GlobalSecondaryIndexUpdate.Update> throughputUpdate(Slots slots) {
    Slot<String> name = slots.string("IndexName");
    Slot<ProvisionedThroughput> provisioned =
        slots.structure("ProvisionedThroughput", TableBindings::provisioned);
    Slot<OnDemandThroughput> onDemand =
        slots.structure("OnDemandThroughput", TableBindings::onDemand);
    Slot<WarmThroughput> warm = slots.structure("WarmThroughput", TableBindings::warm);
    return input ->
        new GlobalSecondaryIndexUpdate.Update(
            name.require(input), provisioned.get(input), onDemand.get(input), warm.get(input));
  }

  private static StructureBinding<GlobalSecondaryIndexUpdate.Delete> deletion(Slots slots) {
    Slot<String> name = slots.string("IndexName");
    return input -> new GlobalSecondaryIndexUpdate.Delete(name.require(input));
  }

  private static StructureBinding<IndexProjection> projection(Slots slots) {
    Slot<ProjectionType> type = slots.enumeration("ProjectionType", ProjectionType.values());
    Slot<List<String>> nonKeyAttributes = slots.stringList("NonKeyAttributes");
    return input -> new IndexProjection(type.get(input), nonKeyAttributes.get(input));
  }
}
