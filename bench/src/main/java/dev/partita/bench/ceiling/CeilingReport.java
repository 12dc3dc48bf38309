package dev.partita.bench.ceiling;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.partita.bench.BenchmarkReport;
import dev.partita.bench.JsonReport;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * An endpoint beside the bare server.
 *
 * @param rounds in the order of the measurement; at least one
 */
public record CeilingReport(List<Round> rounds) {

  /** Copies the rounds. */
  public CeilingReport {
    rounds = List.copyOf(rounds);
  }

  /** The two measurements of one round. */
  public record Round(BenchmarkReport product, BenchmarkReport ceiling) {
    /** Throughput of the endpoint over that of the bare server. */
    public double ratio() {
      return product.throughput() / ceiling.throughput();
    }
  }

  /** The median of the rounds' ratios. */
  public double ratio() {
    return median(Round::ratio);
  }

  /** Whether the errors of every measurement are within the bound. */
  public boolean withinErrorBound() {
    return rounds.stream()
        .allMatch(round -> round.product.withinErrorBound() && round.ceiling.withinErrorBound());
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("round   endpoint   p99 ms   bare server   p99 ms   ratio\n");
    for (int i = 0; i < rounds.size(); i++) {
      Round round = rounds.get(i);
      text.append(
          String.format(
              Locale.ROOT,
              "%5d %8.0f/s %8.2f    %8.0f/s %8.2f   %.3f%n",
              i + 1,
              round.product.throughput(),
              round.product.latency().p99() / 1e6,
              round.ceiling.throughput(),
              round.ceiling.latency().p99() / 1e6,
              round.ratio()));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "median  endpoint %.0f/s, bare server %.0f/s, ratio %.3f%n",
            median(round -> round.product.throughput()),
            median(round -> round.ceiling.throughput()),
            ratio()));
    return text.toString();
  }

  /** For programs. */
  public String json() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeNumberField("medianRatio", ratio());
      json.writeArrayFieldStart("rounds");
      for (Round round : rounds) {
        json.writeStartObject();
        json.writeNumberField("ratio", round.ratio());
        json.writeFieldName("endpoint");
        JsonReport.write(json, round.product);
        json.writeFieldName("bareServer");
        JsonReport.write(json, round.ceiling);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private double median(ToDoubleFunction<Round> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
