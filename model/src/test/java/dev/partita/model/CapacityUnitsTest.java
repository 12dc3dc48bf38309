package dev.partita.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CapacityUnitsTest {

  @Test
  void readsCountFourKilobytes() {
    assertEquals(1, CapacityUnits.read(0, true));
    assertEquals(0.5, CapacityUnits.read(0, false));
    assertEquals(1, CapacityUnits.read(4096, true));
    assertEquals(2, CapacityUnits.read(4097, true));
    assertEquals(1, CapacityUnits.read(8192, false));
    assertEquals(1.5, CapacityUnits.read(8193, false));
    assertEquals(4, CapacityUnits.readTransactional(4097));
    assertEquals(2, CapacityUnits.readTransactional(1));
  }

  @Test
  void writesCountOneKilobyte() {
    assertEquals(1, CapacityUnits.write(0));
    assertEquals(1, CapacityUnits.write(1024));
    assertEquals(2, CapacityUnits.write(1025));
    assertEquals(400, CapacityUnits.write(400 * 1024));
    assertEquals(4, CapacityUnits.writeTransactional(1025));
  }
}
