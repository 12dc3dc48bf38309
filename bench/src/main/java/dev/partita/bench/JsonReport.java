package dev.partita.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.partita.bench.BenchmarkReport.Latency;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** A report for programs. Units are the last part of each name. */
public final class JsonReport {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonReport() {}

  /** One JSON object, indented, ended by a newline. */
  public static String render(BenchmarkReport report) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      write(json, report);
    }
    return text.append('\n').toString();
  }

  /** Writes the report as one object. */
  public static void write(JsonGenerator json, BenchmarkReport report) throws IOException {
    json.writeStartObject();
    json.writeStringField("startedAt", Instant.ofEpochMilli(report.startedAtMillis()).toString());
    settings(json, report.settings());
    json.writeNumberField("windowSeconds", report.windowSeconds());
    json.writeNumberField("throughputPerSecond", report.throughput());
    json.writeNumberField("completed", report.completed());
    json.writeNumberField("succeeded", report.succeeded());
    json.writeNumberField("failed", report.failed());
    json.writeNumberField("unsent", report.unsent());
    json.writeNumberField("errorRatio", report.errorRatio());
    json.writeObjectFieldStart("errors");
    for (Map.Entry<String, Long> error : report.errors().entrySet()) {
      json.writeNumberField(error.getKey(), error.getValue());
    }
    json.writeEndObject();
    latency(json, "latency", report.latency());
    json.writeObjectFieldStart("latencyByOperation");
    for (Map.Entry<Operation, Latency> entry : report.latencyByOperation().entrySet()) {
      latency(json, entry.getKey().apiName(), entry.getValue());
    }
    json.writeEndObject();
    latency(json, "serviceTime", report.service());
    json.writeObjectFieldStart("generator");
    json.writeNumberField("cpuSeconds", report.generatorCpuSeconds());
    json.writeNumberField("cpuMicrosPerRequest", report.generatorCpuMicrosPerRequest());
    json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
    json.writeStringField("java", Runtime.version().toString());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void settings(JsonGenerator json, BenchmarkSettings settings) throws IOException {
    BenchmarkSettings.Workload workload = settings.workload();
    BenchmarkSettings.Pace pace = settings.pace();
    json.writeObjectFieldStart("settings");
    json.writeStringField("endpoint", settings.target().endpoint().toString());
    json.writeStringField("region", settings.target().region());
    json.writeStringField("table", settings.target().table());
    json.writeBooleanField("signed", settings.target().credentials().isPresent());
    json.writeStringField("operations", workload.mix().toString());
    json.writeNumberField("itemBytes", workload.itemBytes());
    json.writeNumberField("keyCount", workload.keyCount());
    json.writeStringField("keys", workload.distribution().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("itemsPerQuery", workload.itemsPerQuery());
    json.writeBooleanField("consistentRead", workload.consistentRead());
    json.writeNumberField("seed", workload.seed());
    if (pace.ratePerSecond().isPresent()) {
      json.writeNumberField("ratePerSecond", pace.ratePerSecond().get());
    } else {
      json.writeNullField("ratePerSecond");
    }
    json.writeNumberField("connections", pace.connections());
    json.writeNumberField("threads", pace.threads());
    json.writeNumberField("warmUpSeconds", pace.warmUp().toMillis() / 1e3);
    json.writeNumberField("durationSeconds", pace.duration().toMillis() / 1e3);
    json.writeNumberField("timeoutSeconds", pace.timeout().toMillis() / 1e3);
    json.writeNumberField("maxErrorRatio", settings.maxErrorRatio());
    json.writeEndObject();
  }

  private static void latency(JsonGenerator json, String name, Latency latency) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("count", latency.count());
    json.writeNumberField("meanMicros", latency.mean() / 1e3);
    json.writeNumberField("p50Micros", latency.p50() / 1e3);
    json.writeNumberField("p90Micros", latency.p90() / 1e3);
    json.writeNumberField("p99Micros", latency.p99() / 1e3);
    json.writeNumberField("p999Micros", latency.p999() / 1e3);
    json.writeNumberField("maxMicros", latency.max() / 1e3);
    json.writeEndObject();
  }
}
