package dev.partita.protocol.model.reduce;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the reduced model. Arguments: version of the model, file to write, overlay files. */
public final class ReduceModel {
  private static final String MODEL = "/META-INF/smithy/2012-08-10/dynamodb-2012-08-10.json";

  private ReduceModel() {}

  /** Fails, and the build with it, if the model is missing or an overlay does not fit it. */
  public static void main(String[] arguments) throws IOException {
    ModelDraft model = read();
    for (int index = 2; index < arguments.length; index++) {
      Overlay.apply(Files.readAllLines(Path.of(arguments[index])), model);
    }
    Path target = Path.of(arguments[1]);
    Files.createDirectories(target.toAbsolutePath().getParent());
    Files.writeString(target, model.text(arguments[0]));
  }

  /** The model of the artifact {@code software.amazon.api.models:dynamodb}. */
  static ModelDraft read() throws IOException {
    try (InputStream source = ReduceModel.class.getResourceAsStream(MODEL)) {
      if (source == null) {
        throw new IOException("not on the class path: " + MODEL);
      }
      return ModelDraft.of(JsonTree.readObject(source));
    }
  }
}
