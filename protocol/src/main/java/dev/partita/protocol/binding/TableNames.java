package dev.partita.protocol.binding;

import dev.partita.model.api.ApiException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table names of one request. Wherever a name may stand, an ARN may: it means the table of that
 * name, whatever its region and account, and answers name the table as the request did.
 *
 * <p>Source: AWS API reference, ConsumedCapacity, TableName: "If you had specified the Amazon
 * Resource Name (ARN) of a table in the input, you'll see the table ARN in the response."
 */
public final class TableNames {
  private static final String ARN = "arn:";
  private static final String TABLE = "table/";
  private static final int ARN_PARTS = 6;

  private @Nullable Map<String, String> sent;

  /**
   * The name of the table that {@code text} names.
   *
   * @throws ApiException a ValidationException if it is an ARN but not that of a table
   */
  public String resolve(String text) {
    if (!text.startsWith(ARN)) {
      return text;
    }
    String[] parts = text.split(":", ARN_PARTS);
    if (parts.length < ARN_PARTS
        || !parts[2].equals("dynamodb")
        || !parts[5].startsWith(TABLE)
        || !isName(parts[5].substring(TABLE.length()))) {
      throw ApiException.validation(
          "Invalid TableArn: Invalid ResourceArn provided as input " + text);
    }
    String name = parts[5].substring(TABLE.length());
    if (sent == null) {
      sent = new HashMap<>();
    }
    sent.put(name, text);
    return name;
  }

  /** What the request called the table {@code name}. */
  public String asSent(String name) {
    return sent == null ? name : sent.getOrDefault(name, name);
  }

  private static boolean isName(String text) {
    for (int index = 0; index < text.length(); index++) {
      char letter = text.charAt(index);
      if (letter >= 0x80 || (!Character.isLetterOrDigit(letter) && "_.-".indexOf(letter) < 0)) {
        return false;
      }
    }
    return text.length() >= 3 && text.length() <= 255;
  }
}
