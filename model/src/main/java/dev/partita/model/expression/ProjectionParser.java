package dev.partita.model.expression;

import dev.partita.model.expression.OperandSyntax.PathSyntax;
import java.util.ArrayList;
import java.util.List;

/** Parses projection expressions: paths with commas between. */
final class ProjectionParser {
  private ProjectionParser() {}

  static List<PathSyntax> parse(String text) {
    Tokens tokens = new Tokens(ExpressionKind.PROJECTION, text);
    Faults faults = new Faults();
    PathParser parser = new PathParser(tokens, faults);
    List<PathSyntax> paths = new ArrayList<>();
    do {
      paths.add(parser.path());
    } while (tokens.pass(","));
    tokens.expectEnd();
    faults.throwAny(ExpressionKind.PROJECTION);
    return List.copyOf(paths);
  }
}
