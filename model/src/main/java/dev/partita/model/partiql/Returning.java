package dev.partita.model.partiql;

/** What an UPDATE or DELETE gives back of the item. */
public enum Returning {
  /** The item before. */
  ALL_OLD("ALL OLD *"),
  /** The item after. */
  ALL_NEW("ALL NEW *"),
  /** What was changed, as it was before. */
  MODIFIED_OLD("MODIFIED OLD *"),
  /** What was changed, as it is after. */
  MODIFIED_NEW("MODIFIED NEW *");

  private final String text;

  Returning(String text) {
    this.text = text;
  }

  /** As it stands behind RETURNING. */
  String text() {
    return text;
  }
}
