package dev.postern.quarantine;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A list in JSON, read row by row as it comes. Of one that is too long the beginning is kept, so
 * that a flood of mail blinds nobody.
 *
 * @param field which field has the list; empty where the answer is the list
 * @param largest octets that are read
 * @param row what is kept of a row
 * @param <R> the same
 */
public record JsonRows<R>(String field, int largest, Function<JsonNode, R> row)
    implements HttpBody<JsonRows.Listed<R>> {

  /**
   * What was read.
   *
   * @param rows in their order
   * @param whole whether these are all
   * @param rest everything but the list: its other fields, or what came instead of it; missing
   *     where that is no JSON
   * @param found whether there was a list
   */
  public record Listed<R>(List<R> rows, boolean whole, JsonNode rest, boolean found) {
    /** Copies the list, so that it never changes. */
    public Listed {
      rows = List.copyOf(rows);
    }

    /** Without what it says. */
    @Override
    public String toString() {
      return "Listed[" + rows.size() + " rows" + (whole ? "]" : " and more]");
    }
  }

  @Override
  public Listed<R> read(InputStream octets) throws IOException {
    List<R> rows = new ArrayList<>();
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    boolean found = false;
    try (JsonParser parser = JSON.createParser(new BoundedStream(octets, largest))) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY && field.isEmpty()) {
        found = true;
        rows(parser, rows);
      } else if (first == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          if (parser.nextToken() == JsonToken.START_ARRAY && name.equals(field)) {
            found = true;
            rows(parser, rows);
          } else {
            rest.set(name, parser.<JsonNode>readValueAsTree());
          }
        }
      } else {
        return new Listed<>(List.of(), true, MissingNode.getInstance(), false);
      }
      if (parser.nextToken() != null) {
        return new Listed<>(List.of(), true, MissingNode.getInstance(), false);
      }
    } catch (TooLarge flood) {
      if (!found) {
        throw flood;
      }
      return new Listed<>(rows, false, rest, true);
    } catch (JsonProcessingException noJson) {
      return new Listed<>(List.of(), true, MissingNode.getInstance(), false);
    }
    return new Listed<>(rows, true, rest, found);
  }

  private void rows(JsonParser parser, List<R> rows) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      rows.add(row.apply(parser.<JsonNode>readValueAsTree()));
    }
  }
}
