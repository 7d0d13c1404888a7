package dev.postern.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The published schema of the evidence document. */
final class EvidenceSchema {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry DIALECT =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  static final JsonNode TEXT = text();
  private static final Schema SCHEMA = DIALECT.getSchema(TEXT);

  private EvidenceSchema() {}

  /** What the schema holds against a document. */
  static List<Error> complaints(JsonNode document) {
    return SCHEMA.validate(document);
  }

  /** What the standard of schemas holds against this one. */
  static List<Error> complaintsAboutItself() {
    return DIALECT.getSchema(SchemaLocation.of(TEXT.path("$schema").textValue())).validate(TEXT);
  }

  /** The document of {@code evidence}, read as any JSON. */
  static JsonNode document(Evidence evidence) {
    try {
      return JSON.readTree(EvidenceJson.write(evidence));
    } catch (IOException notJson) {
      throw new AssertionError(notJson);
    }
  }

  private static JsonNode text() {
    try {
      return JSON.readTree(Files.readString(Path.of("docs/evidence.schema.json")));
    } catch (IOException unreadable) {
      throw new AssertionError("the schema cannot be read", unreadable);
    }
  }
}
