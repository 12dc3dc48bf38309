package dev.partita.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationMixTest {
  @Test
  void readsWeights() {
    OperationMix mix = OperationMix.parse("get=80, put=20");
    assertEquals(Map.of(Operation.GET, 80, Operation.PUT, 20), mix.weights());
    assertEquals("put=20,get=80", mix.toString());
    assertTrue(mix.needsItems());
    assertFalse(OperationMix.only(Operation.PUT).needsItems());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "put", "put=0", "put=x", "delete=1", "put=1,put=2", "put=1,,get=1"})
  void refusesOtherShapes(String text) {
    assertThrows(IllegalArgumentException.class, () -> OperationMix.parse(text));
  }
}
