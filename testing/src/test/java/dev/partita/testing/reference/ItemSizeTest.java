package dev.partita.testing.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemSizeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 2",
    "-1, 3",
    "10, 2",
    "100, 2",
    "123, 3",
    "1000.5, 4",
    "0.0001, 2",
    "10.05, 3",
    "1E125, 2",
    "1E-130, 2",
    "12345678901234567890123456789012345678, 20",
    "-0.5, 3"
  })
  void numbersCountTheirSignificantDigits(String number, int bytes) {
    assertEquals(bytes, ItemSize.ofNumber(new BigDecimal(number)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'p':{'S':'k'}}|2",
        "{'é':{'S':'é'}}|4",
        "{'p':{'B':'AAEC'}}|4",
        "{'p':{'BOOL':true}}|2",
        "{'p':{'NULL':true}}|2",
        "{'p':{'L':[]}}|4",
        "{'p':{'M':{}}}|4",
        "{'p':{'L':[{'S':'ab'},{'N':'1'}]}}|10",
        "{'p':{'M':{'xy':{'S':'ab'}}}}|9",
        "{'p':{'SS':['a','bc']}}|4"
      })
  void itemsCountNamesAndValues(String json, int bytes) {
    Value.MapValue item = ValueJson.decodeAttributes(Json.parse(json.replace('\'', '"')));
    assertEquals(bytes, new ItemSize(Mutation.NONE).ofItem(item));
  }

  @Test
  void keysOfTheMaximumItemFit() {
    assertEquals(409_600, ItemSize.ITEM_BYTES_MAX);
  }
}
