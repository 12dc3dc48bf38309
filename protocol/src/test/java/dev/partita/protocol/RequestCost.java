package dev.partita.protocol;

import dev.partita.base.Clock;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.Database;
import dev.partita.model.api.GetItemResponse;
import dev.partita.model.api.GetRecordsResponse;
import dev.partita.model.api.PutItemResponse;
import dev.partita.model.api.QueryResponse;
import dev.partita.model.api.StreamChange;
import dev.partita.model.api.StreamEventName;
import dev.partita.model.api.StreamRecord;
import dev.partita.model.api.StreamViewType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prints what the protocol costs a request: from the body to the typed request and from the
 * response to the answer's body. Not a test: run it by hand on an idle machine.
 */
final class RequestCost {
  private static final int ROUNDS = 8;
  private static final int REQUESTS = 400_000;

  private RequestCost() {}

  /** Answers each kind of request with the same response. */
  private static final class Canned implements Database {
    private final ApiResponse response;

    Canned(ApiResponse response) {
      this.response = response;
    }

    @Override
    public void execute(ApiRequest request, ApiCallback callback) {
      callback.completed(response);
    }
  }

  public static void main(String[] arguments) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put("pk", new AttributeValue.StringValue("user#0000000000017"));
    attributes.put("payload", new AttributeValue.StringValue("x".repeat(160)));
    Item item = Item.of(attributes);
    Item encoded = Item.ofEncoded(item.encoded());
    String put =
        "{'TableName':'usertable','Item':{'pk':{'S':'user#0000000000017'},'sk':{'N':'17'},"
            + "'name':{'S':'Ada Lovelace'},'payload':{'S':'"
            + "x".repeat(120)
            + "'},'count':{'N':'12345'},'flag':{'BOOL':true}}}";
    measure("PutItem", put, new PutItemResponse(null, null));
    String get = "{'TableName':'usertable','Key':{'pk':{'S':'user#0000000000017'}}}";
    measure("GetItem", get, new GetItemResponse(encoded, null));
    String update =
        "{'TableName':'usertable','Key':{'pk':{'S':'user#0000000000017'}},"
            + "'UpdateExpression':'SET #n = if_not_exists(#n, :z) + :i',"
            + "'ExpressionAttributeNames':{'#n':'n'},"
            + "'ExpressionAttributeValues':{':z':{'N':'0'},':i':{'N':'1'}}}";
    measure("UpdateItem", update, new PutItemResponse(null, null));
    String query =
        "{'TableName':'usertable','KeyConditionExpression':'pk = :p',"
            + "'ExpressionAttributeValues':{':p':{'S':'user#0000000000017'}}}";
    measure(
        "Query of 20",
        query,
        new QueryResponse(Collections.nCopies(20, encoded), 20, 20, null, null));
    StreamChange change =
        new StreamChange(
            1_700_000_000,
            Item.of(Map.of("pk", new AttributeValue.StringValue("user#0000000000017"))),
            encoded,
            encoded,
            "000000000000000000001",
            400,
            StreamViewType.NEW_AND_OLD_IMAGES);
    StreamRecord modified =
        new StreamRecord(
            "4b25bd0da9a181a155114127e4837252",
            StreamEventName.MODIFY,
            "1.1",
            "aws:dynamodb",
            "us-east-1",
            change,
            null);
    measure(
        "GetRecords of 100",
        "{'ShardIterator':'i'}",
        new GetRecordsResponse(Collections.nCopies(100, modified), "next"));
  }

  private static void measure(String name, String json, ApiResponse response) {
    JsonProtocol protocol = new JsonProtocol(new Canned(response));
    String operation = name.contains(" ") ? name.substring(0, name.indexOf(' ')) : name;
    byte[] body = ProtocolFixture.json(json);
    WireRequest request =
        new WireRequest(ProtocolFixture.target(operation), ProtocolFixture.JSON_1_0, null, body);
    long bytes = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      long[] written = new long[1];
      long start = Clock.SYSTEM.monotonicNanos();
      for (int index = 0; index < REQUESTS; index++) {
        protocol.handle(request, source -> {});
      }
      long read = Clock.SYSTEM.monotonicNanos();
      for (int index = 0; index < REQUESTS; index++) {
        protocol.handle(request, source -> written[0] += source.encode().body().length);
      }
      long both = Clock.SYSTEM.monotonicNanos();
      bytes += written[0];
      if (round == ROUNDS) {
        System.out.printf(
            "%s: body %d bytes, read %d ns, read and answer %d ns (%d bytes)%n",
            name,
            body.length,
            (read - start) / REQUESTS,
            (both - read) / REQUESTS,
            bytes / REQUESTS / ROUNDS);
      }
    }
  }
}
