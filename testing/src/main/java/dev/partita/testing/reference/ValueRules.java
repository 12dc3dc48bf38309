package dev.partita.testing.reference;

import dev.partita.testing.reference.Value.BinarySetValue;
import dev.partita.testing.reference.Value.BinaryValue;
import dev.partita.testing.reference.Value.BooleanValue;
import dev.partita.testing.reference.Value.ListValue;
import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.Value.NullValue;
import dev.partita.testing.reference.Value.NumberSetValue;
import dev.partita.testing.reference.Value.NumberValue;
import dev.partita.testing.reference.Value.StringSetValue;
import dev.partita.testing.reference.Value.StringValue;
import java.math.BigDecimal;
import java.util.Set;

/** Which values a request may hold. */
final class ValueRules {

  static final String OVERFLOW =
      "Number overflow. Attempting to store a number with magnitude larger than supported range";
  static final String UNDERFLOW =
      "Number underflow. Attempting to store a number with magnitude smaller than supported range";
  static final String TOO_PRECISE =
      "Attempting to store more than 38 significant digits in a Number";

  private static final int DIGITS_MAX = 38;
  private static final int EXPONENT_MAX = 125;
  private static final int EXPONENT_MIN = -130;

  private ValueRules() {}

  /** Refuses numbers out of range and empty sets, at any depth. */
  static void check(Value value) {
    switch (value) {
      case NumberValue number -> check(number.number());
      case ListValue list -> list.elements().forEach(ValueRules::check);
      case MapValue map -> map.members().values().forEach(ValueRules::check);
      case StringSetValue set -> checkNotEmpty(set.elements());
      case BinarySetValue set -> checkNotEmpty(set.elements());
      case NumberSetValue set -> {
        checkNotEmpty(set.elements());
        set.elements().forEach(ValueRules::check);
      }
      case StringValue other -> {}
      case BinaryValue other -> {}
      case BooleanValue other -> {}
      case NullValue other -> {}
    }
  }

  private static void checkNotEmpty(Set<?> set) {
    if (set.isEmpty()) {
      throw RefusedException.validation();
    }
  }

  /** Refuses more than 38 digits and magnitudes outside 1E-130 to 9.9E+125. */
  static void check(BigDecimal number) {
    BigDecimal normal = Value.normalise(number);
    if (normal.signum() == 0) {
      return;
    }
    int exponent = normal.precision() - normal.scale() - 1;
    if (exponent > EXPONENT_MAX) {
      throw RefusedException.validation(OVERFLOW);
    }
    if (exponent < EXPONENT_MIN) {
      throw RefusedException.validation(UNDERFLOW);
    }
    if (normal.precision() > DIGITS_MAX) {
      throw RefusedException.validation(TOO_PRECISE);
    }
  }
}
