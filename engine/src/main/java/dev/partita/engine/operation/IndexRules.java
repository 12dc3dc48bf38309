package dev.partita.engine.operation;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.ProjectedAttributes;
import dev.partita.engine.metadata.DerivedData;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.GlobalIndexDraft;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.IndexProjection;
import dev.partita.model.api.ProjectionType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an index may hold. */
final class IndexRules {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final int PROJECTED_ATTRIBUTES_MAX = 100;

  private IndexRules() {}

  /** The attributes that an index holds; AWS keeps them ordered by name. */
  static ProjectedAttributes projection(IndexProjection projection) {
    ProjectionType type = projection.projectionType();
    if (type == null) {
      throw ApiException.validation(INVALID + "Unknown ProjectionType: null");
    }
    List<String> names = projection.nonKeyAttributes();
    switch (type) {
      case INCLUDE -> {
        if (names == null) {
          throw ApiException.validation(
              INVALID + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
        }
        checkDistinct(names);
      }
      case ALL, KEYS_ONLY -> {
        if (names != null) {
          throw ApiException.validation(
              INVALID + "ProjectionType is " + type + ", but NonKeyAttributes is specified");
        }
      }
    }
    return new ProjectedAttributes(
        type, names == null ? List.of() : names.stream().sorted().toList());
  }

  private static void checkDistinct(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw ApiException.validation(INVALID + "Duplicate element in NonKeyAttributes: " + name);
      }
    }
  }

  /** Checks how many attributes all indexes of a new table name together. */
  static void checkProjectedAttributes(
      List<IndexDefinition> localIndexes, List<GlobalIndexDraft> globalIndexes) {
    int count = 0;
    for (IndexDefinition index : localIndexes) {
      count += index.projection().nonKeyAttributes().size();
    }
    for (GlobalIndexDraft index : globalIndexes) {
      count += index.projection().nonKeyAttributes().size();
    }
    checkCount(count);
  }

  /** Checks the same for a table that gets one more index. */
  static void checkProjectedAttributes(DerivedData derived, ProjectedAttributes added) {
    int count = added.nonKeyAttributes().size();
    for (IndexDefinition index : derived.localIndexes()) {
      count += index.projection().nonKeyAttributes().size();
    }
    for (GlobalIndexDescriptor index : derived.globalIndexes()) {
      count += index.definition().projection().nonKeyAttributes().size();
    }
    checkCount(count);
  }

  /** AWS counts an attribute as often as it is named; its words for this are not known. */
  private static void checkCount(int count) {
    if (count > PROJECTED_ATTRIBUTES_MAX) {
      throw ApiException.validation(
          INVALID
              + "Number of attributes in NonKeyAttributes of all indexes exceeds the per-table"
              + " limit of "
              + PROJECTED_ATTRIBUTES_MAX);
    }
  }
}
