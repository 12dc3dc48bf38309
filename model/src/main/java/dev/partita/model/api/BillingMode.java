package dev.partita.model.api;

/** How capacity is paid for. The names are those on the wire. */
public enum BillingMode {
  PROVISIONED,
  PAY_PER_REQUEST
}
