package dev.partita.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.partita.model.AttributeValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.Item;
import dev.partita.model.api.ConsumedCapacity;
import dev.partita.model.api.GetItemResponse;
import dev.partita.model.api.PutItemRequest;
import dev.partita.model.api.ReturnValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemOperationsTest {
  private final ProtocolFixture protocol = new ProtocolFixture();

  @Test
  void putItemBecomesATypedRequest() {
    PutItemRequest put =
        (PutItemRequest)
            protocol.request(
                "PutItem",
                "{'TableName':'Music','Item':{'p':{'S':'x'},'n':{'N':'1.50'}},"
                    + "'ReturnValues':'ALL_OLD','NotKnown':[1,{'a':2}]}");
    assertEquals("Music", put.tableName());
    assertEquals(ReturnValue.ALL_OLD, put.returnValues());
    assertEquals(
        Item.of(
            Map.of(
                "p",
                new AttributeValue.StringValue("x"),
                "n",
                new AttributeValue.NumberValue(DecimalNumber.parse("1.5")))),
        put.item());
  }

  @Test
  void getItemAnswersWithTheItem() {
    Item item = Item.of(Map.of("p", new AttributeValue.StringValue("x")));
    protocol.database.answer(new GetItemResponse(item, new ConsumedCapacity("Music", 0.5, null)));
    assertEquals(
        "{\"Item\":{\"p\":{\"S\":\"x\"}},"
            + "\"ConsumedCapacity\":{\"TableName\":\"Music\",\"CapacityUnits\":0.5}}",
        protocol.answer("GetItem", "{'TableName':'Music','Key':{'p':{'S':'x'}}}"));
  }
}
