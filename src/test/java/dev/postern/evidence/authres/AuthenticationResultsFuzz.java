package dev.postern.evidence.authres;

import static dev.postern.fuzz.Claim.holds;
import static dev.postern.fuzz.Claim.same;

import dev.postern.mail.DomainName;
import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Fuzz target: fields that tell results, and which of them are believed. */
public final class AuthenticationResultsFuzz {
  private static final String OURS = "mx.firm.example";
  private static final FieldTrust TRUST = new FieldTrust(List.of(OURS));
  private static final String RECEIVED =
      "Received: from x ([203.0.113.1]) by " + OURS + "; now\r\n";

  private AuthenticationResultsFuzz() {}

  /** One execution; {@code data} is a header. */
  public static void fuzzerTestOneInput(byte[] data) {
    HeaderFields header = HeaderFields.of(RawMessage.of(data));
    for (HeaderField field : header.all()) {
      String value = field.unfoldedValue();
      soundOrSaysWhy(value, AuthenticationResults.read(value));
      soundOrSaysWhy(value, AuthenticationResults.readSealed(value));
      soundOrSaysWhy(value, AuthenticationResults.readReceivedSpf(value));
    }
    Testimony testimony = TRUST.hear(header);
    holds(testimony.trusted().size() <= 20 && testimony.forged().size() <= 20, "few claims");
    for (Claim claim : testimony.trusted()) {
      holds(claim.reading() instanceof Reading.Understood, "what is believed is understood");
      Optional<DomainName> id = DomainName.parse(claim.reading().authservId());
      same(id.map(DomainName::ascii), Optional.of(OURS), "what is believed is ours");
    }
    nothingThatCameInIsBelieved(data);
  }

  private static void nothingThatCameInIsBelieved(byte[] data) {
    String text = RECEIVED + new String(data, StandardCharsets.ISO_8859_1);
    RawMessage message = RawMessage.of(text.getBytes(StandardCharsets.ISO_8859_1));
    holds(TRUST.hear(HeaderFields.of(message)).trusted().isEmpty(), "nothing from outside counts");
  }

  private static void soundOrSaysWhy(String value, Reading reading) {
    switch (reading) {
      case Reading.Garbled(String id, String problem, int position) -> {
        holds(!problem.isEmpty(), "a problem is told");
        holds(position >= 0 && position <= value.length(), "and where it is");
        holds(id.length() <= value.length(), "a name out of the field");
      }
      case Reading.Understood(AuthenticationResults field) -> {
        holds(!field.authservId().isEmpty(), "somebody signs it");
        holds(field.results().size() <= ResultsParser.MOST_RESULTS, "number of results");
        field.results().forEach(AuthenticationResultsFuzz::isWhole);
        readsAgain(field);
      }
    }
  }

  private static void isWhole(MethodResult result) {
    holds(!result.method().isEmpty() && !result.result().isEmpty(), "a method found something");
    holds(result.properties().size() <= ResultsParser.MOST_PROPERTIES, "number of properties");
    for (Property property : result.properties()) {
      holds(!property.ptype().isEmpty() && !property.name().isEmpty(), "properties have names");
      holds(property.value().indexOf('\n') < 0, "no line end in a value");
    }
  }

  /** What is plain enough for our writer is read again as it was. */
  private static void readsAgain(AuthenticationResults field) {
    FieldWriter writer = new FieldWriter().word(FieldWriter.quoted(field.authservId()));
    if (!field.version().isEmpty()) {
      writer.word(field.version());
    }
    boolean plain = plain(field.authservId());
    for (MethodResult result : field.results()) {
      String version = result.version().isEmpty() ? "" : "/" + result.version();
      writer.nextResult().word(result.method() + version + "=" + result.result());
      plain &= plainOrEmpty(result.reason());
      writer.pair("reason", result.reason());
      for (Property property : result.properties()) {
        plain &= plain(property.value());
        writer.pair(property.key(), property.value());
      }
    }
    if (field.results().isEmpty()) {
      writer.nextResult().word("none");
    }
    if (plain) {
      same(
          AuthenticationResults.read(writer.value()),
          new Reading.Understood(field),
          "results written again are read again");
    }
  }

  private static boolean plainOrEmpty(String value) {
    return value.isEmpty() || plain(value);
  }

  private static boolean plain(String value) {
    return !value.isEmpty()
        && value.length() <= 300
        && value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }
}
