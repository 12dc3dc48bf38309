package dev.partita.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests with the headers of an AWS SDK and a fixed Authorization header, each kind encoded once
 * per connection; a request costs the patching of a few digits. For endpoints that check no
 * signature.
 */
final class UnsignedRequests implements RequestEncoder {
  /** The day that the fixed header claims. */
  static final String DATE = "20260101";

  private final BenchmarkSettings.Target target;
  private final BenchmarkSettings.Workload workload;
  private final Map<Operation, Prepared> single = new EnumMap<>(Operation.class);
  private final Map<Operation, Prepared> inCollection = new EnumMap<>(Operation.class);

  UnsignedRequests(BenchmarkSettings.Target target, BenchmarkSettings.Workload workload) {
    this.target = target;
    this.workload = workload;
  }

  @Override
  public ByteBuf encode(PlannedRequest request) {
    Map<Operation, Prepared> kinds = request.inCollection ? inCollection : single;
    Prepared prepared = kinds.get(request.operation);
    if (prepared == null || prepared.buffer.refCnt() > 1) {
      // Still referenced means still being written, after an answer that came early: leave it be.
      Prepared fresh = prepare(request);
      release(kinds.put(request.operation, fresh));
      prepared = fresh;
    }
    byte[] patched = prepared.bytes;
    prepared.template.patch(patched, prepared.bodyOffset, request);
    ByteBuf buffer = prepared.buffer;
    buffer.setBytes(prepared.bodyOffset, patched, prepared.bodyOffset, prepared.patchedLength);
    buffer.setIndex(0, patched.length);
    return buffer.retain();
  }

  private Prepared prepare(PlannedRequest request) {
    RequestTemplate template =
        RequestTemplate.of(request.operation, request.inCollection, target, workload);
    byte[] head = head(template).getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = new byte[head.length + template.length()];
    System.arraycopy(head, 0, bytes, 0, head.length);
    template.copyTo(bytes, head.length, request);
    ByteBuf buffer = Unpooled.directBuffer(bytes.length, bytes.length).writeBytes(bytes);
    return new Prepared(template, bytes, head.length, template.patchedLength(), buffer);
  }

  private String head(RequestTemplate template) {
    return "POST / HTTP/1.1\r\nHost: "
        + target.hostHeader()
        + "\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Date: "
        + DATE
        + "T000000Z\r\nUser-Agent: partita-bench\r\n"
        + "amz-sdk-invocation-id: 6b1a1f2e-7d1f-4b0c-9a63-0c3f0b5a9d11\r\n"
        + "amz-sdk-request: attempt=1; max=1\r\n"
        + "Authorization: "
        + authorization(target.region())
        + "\r\n"
        + "X-Amz-Target: DynamoDB_20120810."
        + template.operation().apiName()
        + "\r\nContent-Length: "
        + template.length()
        + "\r\n\r\n";
  }

  /** An Authorization header of the usual shape and length, signed by nobody. */
  static String authorization(String region) {
    return "AWS4-HMAC-SHA256 Credential=partita/"
        + DATE
        + "/"
        + region
        + "/dynamodb/aws4_request, SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;"
        + "content-length;content-type;host;x-amz-date;x-amz-target, Signature="
        + "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
  }

  @Override
  public void close() {
    single.values().forEach(UnsignedRequests::release);
    single.clear();
    inCollection.values().forEach(UnsignedRequests::release);
    inCollection.clear();
  }

  private static void release(@Nullable Prepared prepared) {
    if (prepared != null) {
      prepared.buffer.release();
    }
  }

  /**
   * A request as bytes, once on the heap, where patching is cheap, and once where the socket reads.
   *
   * @param patchedLength bytes from the body's start that hold everything that varies
   */
  private record Prepared(
      RequestTemplate template, byte[] bytes, int bodyOffset, int patchedLength, ByteBuf buffer) {}
}
