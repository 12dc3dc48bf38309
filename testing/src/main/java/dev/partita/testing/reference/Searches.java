package dev.partita.testing.reference;

import dev.partita.testing.reference.IndexDefinition.IndexProjection;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.KeyCondition;
import dev.partita.testing.reference.Operation.Query;
import dev.partita.testing.reference.Operation.ReadOptions;
import dev.partita.testing.reference.Operation.Scan;
import dev.partita.testing.reference.Operation.Segment;
import dev.partita.testing.reference.Operation.Select;
import dev.partita.testing.reference.Source.Entry;
import dev.partita.testing.reference.Value.MapValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Query and Scan. */
final class Searches {

  /** A page ends with the item that takes it past 1 MB. */
  private static final int PAGE_BYTES_MAX = 1024 * 1024;

  private final Mutation mutation;
  private final ValueJson json = new ValueJson();
  private final ItemSize size;
  private final CapacityUnits units;
  private final ConditionEvaluator conditions;

  Searches(Mutation mutation) {
    this.mutation = mutation;
    this.size = new ItemSize(mutation);
    this.units = new CapacityUnits(mutation);
    this.conditions = new ConditionEvaluator(mutation);
  }

  /**
   * @param endless whether everything comes in one page
   */
  Reply query(Table table, Query query, boolean endless) {
    Source source = Source.of(table, query.index(), mutation);
    ReadOptions options = query.options();
    KeyCondition key = query.key();
    Checks checks = SearchRules.check(source, options, !key.legacy(), mutation);
    checks.check(() -> SearchRules.checkKeyCondition(source, key));
    checks.check(() -> SearchRules.checkFilterHasNoKey(source, options.filter()));
    options
        .start()
        .ifPresent(
            start -> checks.check(() -> SearchRules.checkStart(source, table.definition(), start)));
    checks.finish();
    if (options.start().isPresent()) {
      checkStart(source, key, options.start().get());
    }

    List<Entry> items = new ArrayList<>();
    for (Entry entry : source.collection(SearchRules.partition(source, key))) {
      if (key.sort().stream()
          .allMatch(sort ->
              conditions.holds(
                  sort.operator(), entry.shown().member(sort.name()), sort.operands()))) {
        items.add(entry);
      }
    }
    List<Entry> ordered = query.forward() ? items : items.reversed();
    boolean ascending = query.forward() || mutation == Mutation.DESCENDING_START_IGNORED;
    Predicate<Entry> after =
        entry -> {
          int difference = source.compare(entry.shown(), options.start().orElseThrow());
          return isAfter(ascending ? difference : -difference);
        };
    List<Entry> rest =
        options.start().isEmpty() ? ordered : ordered.stream().filter(after).toList();
    Reply page = page(source, query.table(), rest, options, endless);
    // Where a start key is refused, none can have been given out.
    return source.sortKeys().isEmpty() && source.index().isEmpty()
        ? Reply.success(page.body().without("LastEvaluatedKey"))
        : page;
  }

  /** The order of entries with equal sort keys is not known, so a start among them is not. */
  private void checkStart(Source source, KeyCondition key, MapValue start) {
    Optional<RuntimeException> outside = SearchRules.outside(source, key, start, conditions);
    if (outside.isPresent()) {
      throw outside.get();
    }
    boolean tie =
        source.collection(SearchRules.partition(source, key)).stream()
            .anyMatch(entry ->
                source.compare(entry.shown(), start) == 0
                    && !source.sameItem(entry.shown(), start));
    if (tie) {
      throw new UndecidedException("ExclusiveStartKey among entries with equal sort keys");
    }
  }

  private boolean isAfter(int difference) {
    return difference > 0 || (difference == 0 && mutation == Mutation.START_KEY_INCLUSIVE);
  }

  /**
   * @param endless whether everything comes in one page
   */
  Reply scan(Table table, Scan scan, boolean endless) {
    Source source = Source.of(table, scan.index(), mutation);
    ReadOptions options = scan.options();
    Checks checks = SearchRules.check(source, options, false, mutation);
    options
        .start()
        .ifPresent(
            start -> checks.check(() -> SearchRules.checkStart(source, table.definition(), start)));
    if (scan.segment().filter(s -> s.segment() >= s.totalSegments()).isPresent()) {
      checks.check(() -> {
        throw RefusedException.validation();
      });
    }
    checks.finish();
    List<Entry> entries = source.entries();
    int first = options.start().map(start -> firstAfter(source, entries, start)).orElse(0);
    List<Entry> rest =
        entries.subList(first, entries.size()).stream()
            .filter(entry -> scan.segment().filter(s -> !isIn(s, source, entry)).isEmpty())
            .toList();
    return page(source, scan.table(), rest, options, endless);
  }

  private boolean isIn(Segment segment, Source source, Entry entry) {
    int place = source.segment(entry.shown(), segment.totalSegments());
    return place == segment.segment()
        || (mutation == Mutation.SEGMENTS_OVERLAP
            && segment.segment() == 0
            && place == segment.totalSegments() - 1);
  }

  /** Where a Scan goes on: after the entry itself if it is there, or where it would be. */
  private int firstAfter(Source source, List<Entry> entries, MapValue start) {
    int place = 0;
    for (Entry entry : entries) {
      int difference = source.place(entry.shown()).compareTo(source.place(start));
      if (difference == 0) {
        difference = source.compare(entry.shown(), start);
      }
      boolean itself = difference == 0 && source.sameItem(entry.shown(), start);
      if (itself) {
        return mutation == Mutation.START_KEY_INCLUSIVE ? place : place + 1;
      }
      if (difference > 0) {
        return place;
      }
      place++;
    }
    return place;
  }

  /** What an answer shows of an entry, before the projection: a local index fetches the rest. */
  private MapValue visible(Source source, Entry entry, ReadOptions options) {
    return fetches(source, options) && mutation != Mutation.LOCAL_INDEX_FETCHES_NOTHING
        ? entry.whole()
        : entry.shown();
  }

  private static boolean fetches(Source source, ReadOptions options) {
    return source
        .index()
        .filter(index -> !index.definition().global())
        .filter(index ->
            (options.select() == Select.ALL_ATTRIBUTES
                    && !(index.definition().projection() instanceof IndexProjection.All))
                || !SearchRules.missing(index, options).isEmpty())
        .isPresent();
  }

  /** Answers with as many items as one page takes. */
  private Reply page(
      Source source, String table, List<Entry> entries, ReadOptions options, boolean endless) {
    List<Json> matches = new ArrayList<>();
    int scanned = 0;
    long bytes = 0;
    long limited = 0;
    long limitedBytes = 0;
    double fetched = 0;
    Optional<MapValue> last = Optional.empty();
    for (Entry entry : entries) {
      MapValue item = entry.shown();
      boolean matched = conditions.holds(options.filter(), item);
      if (matched) {
        MapValue visible = visible(source, entry, options);
        matches.add(json.attributes(Projections.project(visible, options.projection(), mutation)));
      }
      scanned++;
      bytes += size.ofItem(item);
      fetched += units.read(size.ofItem(entry.whole()), options.consistent());
      limited += matched || mutation != Mutation.LIMIT_COUNTS_MATCHES ? 1 : 0;
      limitedBytes +=
          matched || mutation != Mutation.PAGE_SIZE_COUNTS_MATCHES ? size.ofItem(item) : 0;
      boolean full =
          options.limit().orElse(Integer.MAX_VALUE) <= limited || limitedBytes > PAGE_BYTES_MAX;
      if (full && !endless) {
        last = Optional.of(item);
        break;
      }
    }
    if (mutation == Mutation.NO_LAST_KEY_AT_EXACT_LIMIT && scanned == entries.size()) {
      last = Optional.empty();
    }
    Json.ObjectOf body =
        Json.object("Count", Json.number(matches.size()))
            .with("ScannedCount", Json.number(scanned));
    if (!options.counts()) {
      body = body.with("Items", new Json.ArrayOf(matches));
    }
    if (last.isPresent()) {
      body = body.with("LastEvaluatedKey", json.attributes(source.startKey(last.get())));
    }
    double fromTable = 0;
    if (fetches(source, options)) {
      fromTable = mutation == Mutation.LOCAL_INDEX_FETCHES_FREELY ? 0 : fetched;
      if (scanned != matches.size() && options.capacity() != Capacity.NONE) {
        throw new UndecidedException("whether what a filter drops was fetched before");
      }
    }
    double cost = units.read(bytes, options.consistent());
    return Reply.success(
        CapacityUnits.report(
            body, options.capacity(), table, consumption(source, cost, fromTable)));
  }

  private static Consumption consumption(Source source, double cost, double fromTable) {
    return source
        .index()
        .map(index -> Consumption.ofTable(fromTable).withIndex(index.definition(), cost))
        .orElseGet(() -> Consumption.ofTable(cost));
  }
}
