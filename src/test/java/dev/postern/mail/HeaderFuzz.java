package dev.postern.mail;

import static dev.postern.fuzz.Claim.holds;
import static dev.postern.fuzz.Claim.same;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Fuzz target: the header section of a message and who it says wrote it. */
public final class HeaderFuzz {
  private HeaderFuzz() {}

  /** One execution; {@code data} is a message. */
  public static void fuzzerTestOneInput(byte[] data) {
    HeaderFields header = HeaderFields.of(RawMessage.of(data));
    fieldsLieInOrderBeforeTheBody(data, header);
    namedFindsWhatAllLists(header);
    whatFollowsTheHeaderChangesNothing(data, header);
    fieldsWrittenAgainAreReadAgain(header);
    authorsAreClear(Authors.of(header));
    for (HeaderField field : header.all()) {
      decodingNeverGrows(field.unfoldedValue());
    }
  }

  private static void fieldsLieInOrderBeforeTheBody(byte[] data, HeaderFields header) {
    int at = 0;
    for (HeaderField field : header.all()) {
      holds(field.offset() >= at, "fields do not overlap");
      holds(
          field.valueOffset() > field.offset() + field.name().length(),
          "a colon parts name and value");
      at = field.offset() + field.length();
      holds(field.valueOffset() <= at, "the value lies in its field");
      holds(data[field.valueOffset() - 1] == ':', "the value starts behind a colon");
      for (int i = 0; i < field.name().length(); i++) {
        holds(
            field.name().charAt(i) == (data[field.offset() + i] & 0xff), "the name is as written");
      }
      holds(field.unfoldedValue().length() <= field.length(), "no value is longer than its field");
      holds(field.unfoldedValue().indexOf('\n') < 0, "no line end in an unfolded value");
    }
    holds(
        header.bodyOffset() >= at && header.bodyOffset() <= data.length,
        "the body starts behind the fields");
    holds(header.complete() && header.all().size() <= data.length, "every field is listed");
  }

  private static void namedFindsWhatAllLists(HeaderFields header) {
    int found = 0;
    Set<String> names = new HashSet<>();
    header.all().forEach(field -> names.add(field.name().toLowerCase(Locale.ROOT)));
    for (String name : names) {
      List<HeaderField> named = header.named(name);
      holds(
          header.first(name).equals(named.getFirst().unfoldedValue()),
          "first is the first of its name");
      found += named.size();
    }
    holds(found == header.all().size(), "every field is found by its name");
  }

  private static void whatFollowsTheHeaderChangesNothing(byte[] data, HeaderFields header) {
    byte[] alone = new byte[header.bodyOffset()];
    System.arraycopy(data, 0, alone, 0, alone.length);
    same(
        spelled(HeaderFields.of(RawMessage.of(alone))),
        spelled(header),
        "the body does not matter");
  }

  private static void fieldsWrittenAgainAreReadAgain(HeaderFields header) {
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    for (HeaderField field : header.all()) {
      byte[] octets = new byte[field.length()];
      field.octets().get(octets);
      again.writeBytes(octets);
    }
    again.writeBytes(new byte[] {'\r', '\n', '\r', '\n', 'x', ':', 'y'});
    List<String> read = spelled(HeaderFields.of(RawMessage.of(again.toByteArray())));
    same(read, spelled(header), "fields written again are read again");
  }

  private static void authorsAreClear(Authors authors) {
    holds(
        authors.problem().isEmpty() == authors.domain().isPresent(),
        "one author domain, or a problem");
    for (Mailbox mailbox : authors.mailboxes()) {
      holds(!mailbox.written().isBlank(), "no mailbox is blank");
      mailbox.address().ifPresent(HeaderFuzz::readsAsItself);
    }
  }

  private static void readsAsItself(EmailAddress address) {
    same(EmailAddress.parse(address.toString()), Optional.of(address), "address reads as itself");
    DomainName domain = address.domain();
    same(DomainName.parse(domain.ascii()), Optional.of(domain), "domain reads as itself");
    holds(address.toString().chars().noneMatch(c -> c < 0x20 || c == 0x7f), "no control character");
  }

  /** An octet is at most one character in every charset but the odd one that has pairs. */
  private static void decodingNeverGrows(String value) {
    holds(
        EncodedWords.decode(value).length() <= 2 * value.length() + 2,
        "decoding does not grow text");
  }

  private static List<String> spelled(HeaderFields header) {
    List<String> spelled = new ArrayList<>();
    for (HeaderField field : header.all()) {
      spelled.add(field.name());
      spelled.add(field.unfoldedValue());
    }
    return spelled;
  }
}
