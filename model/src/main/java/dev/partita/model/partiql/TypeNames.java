package dev.partita.model.partiql;

import java.util.Map;

/** Parses the names of PartiQL's types, which stand behind IS. One use. */
final class TypeNames {
  /** How many numbers in parentheses each takes, by its main name. */
  private static final Map<String, Integer> PARAMETERS_MAX =
      Map.ofEntries(
          Map.entry("missing", 0),
          Map.entry("null", 0),
          Map.entry("boolean", 0),
          Map.entry("smallint", 0),
          Map.entry("integer4", 0),
          Map.entry("integer8", 0),
          Map.entry("integer", 0),
          Map.entry("float", 1),
          Map.entry("real", 0),
          Map.entry("double precision", 0),
          Map.entry("decimal", 2),
          Map.entry("numeric", 2),
          Map.entry("timestamp", 0),
          Map.entry("date", 0),
          Map.entry("time", 1),
          Map.entry("character", 1),
          Map.entry("character varying", 1),
          Map.entry("string", 0),
          Map.entry("symbol", 0),
          Map.entry("clob", 0),
          Map.entry("blob", 0),
          Map.entry("struct", 0),
          Map.entry("tuple", 0),
          Map.entry("list", 0),
          Map.entry("sexp", 0),
          Map.entry("bag", 0),
          Map.entry("any", 0));

  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "varchar", "character varying",
          "char", "character",
          "dec", "decimal",
          "int", "integer",
          "int2", "smallint",
          "integer2", "smallint",
          "int4", "integer4",
          "int8", "integer8",
          "bigint", "integer8",
          "bool", "boolean");

  private final SqlTokens tokens;

  TypeNames(SqlTokens tokens) {
    this.tokens = tokens;
  }

  /** The main name of the type that must come next. */
  String next() {
    SqlToken first = tokens.next();
    boolean isName =
        switch (first.kind()) {
          case KEYWORD, NULL, MISSING -> true;
          case NAME, OPERATOR, STAR, TEXT, NUMBER, BOOLEAN, PARAMETER, PUNCTUATION, END -> false;
        };
    String name = OTHER_NAMES.getOrDefault(first.text(), first.text());
    if (name.equals("character") && tokens.passKeyword("varying")) {
      name = "character varying";
    } else if (name.equals("double") && tokens.passKeyword("precision")) {
      name = "double precision";
    }
    Integer parametersMax = PARAMETERS_MAX.get(name);
    if (!isName || parametersMax == null) {
      throw StatementFaults.malformed("Expected type name");
    }
    parameters(parametersMax);
    return name;
  }

  private void parameters(int parametersMax) {
    if (!tokens.pass("(")) {
      return;
    }
    int parameters = 0;
    do {
      if (tokens.next().kind() != SqlToken.Kind.NUMBER) {
        throw StatementFaults.malformed("Type parameter must be an unsigned integer literal");
      }
      parameters++;
    } while (tokens.pass(","));
    tokens.expect(")", "RIGHT_PAREN");
    if (parameters > parametersMax) {
      throw StatementFaults.malformed("Too many parameters of a type");
    }
  }
}
