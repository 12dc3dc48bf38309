package dev.partita.bench;

import dev.partita.bench.BenchmarkReport.Latency;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;

/** A report for people. */
public final class TextReport {
  private TextReport() {}

  /** The report's lines, each ended by a newline. */
  public static String render(BenchmarkReport report) {
    BenchmarkSettings settings = report.settings();
    BenchmarkSettings.Workload workload = settings.workload();
    BenchmarkSettings.Pace pace = settings.pace();
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    out.printf(Locale.ROOT, "endpoint    %s\n", settings.target().endpoint());
    out.printf(
        Locale.ROOT,
        "workload    %s, items of %d B, %d keys %s%s\n",
        workload.mix(),
        workload.itemBytes(),
        workload.keyCount(),
        workload.distribution().name().toLowerCase(Locale.ROOT),
        workload.consistentRead() ? ", consistent reads" : "");
    out.printf(
        Locale.ROOT,
        "pace        %s over %d connections, %.1f s after a warm-up of %.1f s\n",
        pace.rateText(),
        pace.connections(),
        report.windowSeconds(),
        pace.warmUp().toMillis() / 1e3);
    out.printf(
        Locale.ROOT, "throughput  %.0f/s (%d answers)\n", report.throughput(), report.completed());
    row(out, pace.ratePerSecond().isPresent() ? "from due" : "latency", report.latency());
    if (report.latencyByOperation().size() > 1) {
      report
          .latencyByOperation()
          .forEach((operation, latency) ->
              row(out, "  " + operation.name().toLowerCase(Locale.ROOT), latency));
    }
    if (pace.ratePerSecond().isPresent()) {
      row(out, "from sent", report.service());
    }
    if (report.unsent() > 0) {
      out.printf(
          Locale.ROOT,
          "unsent      %d: the endpoint did not keep up with the rate\n",
          report.unsent());
    }
    out.printf(
        Locale.ROOT, "errors      %d (%.4f %%)\n", report.failed(), report.errorRatio() * 100);
    report.errors().forEach((type, count) -> out.printf(Locale.ROOT, "  %-40s %d\n", type, count));
    out.printf(
        Locale.ROOT,
        "generator   %.2f s of CPU, %.1f us a request\n",
        report.generatorCpuSeconds(),
        report.generatorCpuMicrosPerRequest());
    out.flush();
    return text.toString();
  }

  private static void row(PrintWriter out, String label, Latency latency) {
    out.printf(
        Locale.ROOT,
        "%-10s p50 %s  p90 %s  p99 %s  p99.9 %s  max %s\n",
        label,
        Durations.text(latency.p50()),
        Durations.text(latency.p90()),
        Durations.text(latency.p99()),
        Durations.text(latency.p999()),
        Durations.text(latency.max()));
  }
}
