package dev.partita.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Layout, length and words of every Java file, and a package-info for every package. */
class TidyTest {
  private static final int LINES_MAX = 500;
  private static final int METHOD_LINES_MAX = 70;
  private static final int COLUMNS_MAX = 100;
  private static final Pattern FORBIDDEN_NAME =
      Pattern.compile(".*(Manager|Helper|Util|Utils|Impl|Common)\\.java");
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
  private static final Pattern METHOD_START = Pattern.compile("^ {2}[a-zA-Z<].*[({]$");
  private static final Pattern TYPE = Pattern.compile("\\b(class|interface|enum|record)\\b");

  private final Path root = root();
  private final List<Path> files = javaFiles();

  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("tidy/pom.xml"))) {
      Path parent = directory.getParent();
      if (parent == null) {
        throw new IllegalStateException("not inside the source tree");
      }
      directory = parent;
    }
    return directory;
  }

  private List<Path> javaFiles() {
    try (Stream<Path> modules = Files.list(root)) {
      List<Path> found = new ArrayList<>();
      for (Path module : modules.filter(path -> Files.exists(path.resolve("pom.xml"))).toList()) {
        Path source = module.resolve("src");
        if (Files.exists(source)) {
          try (Stream<Path> tree = Files.walk(source)) {
            tree.filter(path -> path.toString().endsWith(".java")).forEach(found::add);
          }
        }
      }
      return found;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void thereAreFiles() {
    assertTrue(files.size() > 100, "found " + files.size());
  }

  @Test
  void everyFileIsFormatted() {
    Formatter formatter = new Formatter();
    assertNone(
        "not as google-java-format would have it; run mvn spotless:apply with JDK 25",
        file -> {
          String text = read(file);
          try {
            // Not formatSourceAndFixImports, which also breaks long texts, unlike Spotless.
            String imports =
                RemoveUnusedImports.removeUnusedImports(
                    ImportOrderer.reorderImports(text, JavaFormatterOptions.Style.GOOGLE));
            return !formatter.formatSource(imports).equals(text);
          } catch (FormatterException broken) {
            return true;
          }
        });
  }

  @Test
  void noFileIsTooLong() {
    assertNone("more than 500 lines", file -> lines(file).size() > LINES_MAX);
  }

  @Test
  void noLineIsTooLong() {
    assertNone(
        "lines over 100 columns",
        file ->
            lines(file).stream()
                .anyMatch(line -> line.length() > COLUMNS_MAX && !isUnbreakable(file, line)));
  }

  /** An import, or a text in a table of cases of a test. */
  private static boolean isUnbreakable(Path file, String line) {
    return line.startsWith("import ")
        || (file.toString().contains("/src/test/") && line.strip().startsWith("\""));
  }

  @Test
  void noMethodIsTooLong() {
    assertNone("methods over 70 lines", file -> longestMethod(lines(file)) > METHOD_LINES_MAX);
  }

  /** Methods of top-level types: from the line that opens one to the brace in its column. */
  private static int longestMethod(List<String> lines) {
    int longest = 0;
    for (int start = 0; start < lines.size(); start++) {
      if (METHOD_START.matcher(lines.get(start)).matches()
          && !TYPE.matcher(lines.get(start)).find()) {
        int end = lines.subList(start, lines.size()).indexOf("  }");
        longest = Math.max(longest, end + 1);
      }
    }
    return longest;
  }

  @Test
  void namesSayWhatThingsAre() {
    assertNone(
        "names that say nothing",
        file -> FORBIDDEN_NAME.matcher(file.getFileName().toString()).matches());
  }

  @Test
  void nothingIsLeftUnfinished() {
    assertNone(
        "marks of unfinished work",
        file -> !file.endsWith("TidyTest.java") && UNFINISHED.matcher(read(file)).find());
  }

  @Test
  void everyProductPackageSaysWhatItIs() {
    Set<Path> packages = new HashSet<>();
    for (Path file : files) {
      if (file.toString().contains("/src/main/java/")) {
        packages.add(file.getParent());
      }
    }
    List<Path> silent =
        packages.stream()
            .filter(directory -> !isNullMarked(directory.resolve("package-info.java")))
            .toList();
    assertEquals(List.of(), silent, "packages without a null-marked package-info.java");
  }

  private static boolean isNullMarked(Path packageInfo) {
    return Files.exists(packageInfo)
        && read(packageInfo).contains("@NullMarked")
        && read(packageInfo).startsWith("/**");
  }

  private void assertNone(String what, Predicate<Path> wrong) {
    List<String> found =
        files.stream()
            .filter(wrong)
            .map(file -> root.relativize(file).toString())
            .sorted()
            .toList();
    assertEquals(List.of(), found, what);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static List<String> lines(Path file) {
    return read(file).lines().toList();
  }
}
