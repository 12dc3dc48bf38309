package dev.partita.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Names the error of a response that is not 200. */
final class ErrorType {
  private static final JsonFactory JSON = new JsonFactory();

  private ErrorType() {}

  /**
   * The part of {@code __type} after its {@code #}, such as {@code ThrottlingException}, or {@code
   * HTTP 503} if the body, of which the end may be cut off, has none.
   */
  static String of(int status, byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        String name;
        while ((name = parser.nextFieldName()) != null) {
          parser.nextToken();
          if (name.equals("__type")) {
            String type = parser.getText();
            return type.substring(type.lastIndexOf('#') + 1);
          }
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      // Not JSON, or cut off: the status says what there is to say.
    }
    return "HTTP " + status;
  }
}
