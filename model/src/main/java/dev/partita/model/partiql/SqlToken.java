package dev.partita.model.partiql;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a statement's text.
 *
 * @param text of names and texts without their quotes; keywords and operators in lower case
 * @param number the value of a number, otherwise null
 * @param line counted from 1
 * @param column counted in characters from 1
 * @param length in characters, with quotes
 */
record SqlToken(
    Kind kind, String text, @Nullable BigDecimal number, int line, int column, int length) {

  enum Kind {
    /** A name that is no keyword, or any in double quotes. */
    NAME,
    /** A word that PartiQL reserves. */
    KEYWORD,
    /** A symbol or keyword that operates on what stands around it. */
    OPERATOR,
    /** {@code *}, which stands for everything or multiplies. */
    STAR,
    /** In single quotes. */
    TEXT,
    /** Without a sign. */
    NUMBER,
    /** true or false. */
    BOOLEAN,
    /** null. */
    NULL,
    /** missing. */
    MISSING,
    /** {@code ?}. */
    PARAMETER,
    /** Brackets, commas and the like. */
    PUNCTUATION,
    /** Behind the last character. */
    END
  }

  /** Whether this is the operator or punctuation {@code symbol}. */
  boolean is(String symbol) {
    return (kind == Kind.PUNCTUATION || kind == Kind.OPERATOR) && text.equals(symbol);
  }

  /** Whether this is the keyword {@code word}, given in lower case. */
  boolean isKeyword(String word) {
    return kind == Kind.KEYWORD && text.equals(word);
  }

  /** Where it stands, as AWS tells it: {@code line:column:length}. */
  String position() {
    return line + ":" + column + ":" + length;
  }
}
