package dev.postern.quarantine.m365;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.mail.EmailAddress;
import dev.postern.quarantine.JsonMail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cmdlets of the quarantine, with the parameters that their reference names
 * (learn.microsoft.com, "Get-QuarantineMessage" and those beside it).
 */
final class Cmdlets {
  /** Longer than the quarantine keeps anything. */
  private static final Duration WINDOW = Duration.ofDays(31);

  /** Clocks differ. */
  private static final Duration LEEWAY = Duration.ofHours(1);

  private static final int PAGE = 1000;
  private static final int MOST_PAGES = 100;

  /** What is still kept back, whatever anybody asked for. */
  private static final List<String> KEPT = List.of("NotReleased", "Requested", "Denied", "Error");

  private final AdminApi api;
  private final int largest;

  Cmdlets(AdminApi api, int largest) {
    this.api = api;
    this.largest = largest;
  }

  /** Why the last cmdlet got no answer; empty when it got one. */
  Optional<String> trouble() {
    return api.trouble();
  }

  /**
   * What is known of a message by the list; the rest of a row is let go, since there may be many.
   *
   * @param identity empty where it has none that can be read
   * @param waits whether it waits for everybody
   */
  record Brief(Optional<MessageIdentity> identity, boolean waits) {
    static Brief of(JsonNode json) {
      Row row = new Row(json);
      return new Brief(row.identity(), !row.deleted() && !row.touched());
    }
  }

  /** Mail that is kept back, in any order: all of it, or as much as is read at once. */
  Said.Rows<Brief> kept(Instant now) {
    List<Brief> rows = new ArrayList<>();
    for (int page = 1; page <= MOST_PAGES; page++) {
      Said.Rows<Brief> some = page(now, page, PAGE);
      rows.addAll(some.rows());
      if (some.rows().size() < PAGE || !some.whole()) {
        return new Said.Rows<>(rows, some.whole());
      }
    }
    return new Said.Rows<>(rows, false);
  }

  /** How many of the newest can be listed, up to one. */
  int glance(Instant now) {
    return page(now, 1, 1).rows().size();
  }

  private Said.Rows<Brief> page(Instant now, int page, int size) {
    Said<Brief> said =
        api.run(
            "Get-QuarantineMessage",
            Map.of(
                "StartReceivedDate",
                now.minus(WINDOW).toString(),
                "EndReceivedDate",
                now.plus(LEEWAY).toString(),
                "ReleaseStatus",
                KEPT,
                "EntityType",
                "Email",
                "PageSize",
                size,
                "Page",
                page),
            Brief::of);
    if (said instanceof Said.Missing) {
      throw new MailSystemTrouble("Microsoft 365 does not know the list of its quarantine");
    }
    return rows(said);
  }

  private static <R> Said.Rows<R> rows(Said<R> said) {
    return switch (said) {
      case Said.Rows<R> them -> them;
      case Said.Missing<R> _ -> new Said.Rows<>(List.of(), true);
      case Said.Forbidden<R> forbidden -> throw new MailSystemTrouble(forbidden.words());
      case Said.Refused<R> refused -> throw new MailSystemTrouble(refused.words());
    };
  }

  /** One message with all that is told of it; empty where the quarantine does not have it. */
  Optional<Row> find(MessageIdentity id) {
    Map<String, Object> asked = Map.of("Identity", id.text());
    return rows(api.run("Get-QuarantineMessage", asked, Row::new)).rows().stream()
        .filter(
            row -> row.identity().filter(it -> it.text().equalsIgnoreCase(id.text())).isPresent())
        .filter(row -> !row.deleted())
        .findFirst();
  }

  /** Its octets; empty where they are not given. */
  Optional<JsonMail.Mail> export(MessageIdentity id) {
    Map<String, Object> asked = Map.of("Identity", id.text());
    return api.mail("Export-QuarantineMessage", asked, "Eml", largest)
            instanceof Said.Rows<JsonMail.Mail> them
        ? them.rows().stream().filter(Cmdlets::inBase64).findFirst()
        : Optional.empty();
  }

  private static boolean inBase64(JsonMail.Mail mail) {
    JsonNode encoding = mail.rest().path("value").path(0).path("BodyEncoding");
    return encoding.asText("Base64").equalsIgnoreCase("Base64");
  }

  /** What may be seen of a message whose octets are not given; empty where nothing may. */
  Optional<JsonNode> preview(MessageIdentity id) {
    Said<JsonNode> said = api.run("Preview-QuarantineMessage", Map.of("Identity", id.text()));
    return said instanceof Said.Rows<JsonNode> them
        ? them.rows().stream().findFirst()
        : Optional.empty();
  }

  /** Lets it go to everybody; recipients that have it are passed over. */
  Said<JsonNode> releaseToAll(MessageIdentity id) {
    return api.run(
        "Release-QuarantineMessage", Map.of("Identity", id.text(), "ReleaseToAll", true));
  }

  /** Lets it go to these; without Force, those that have it are passed over. */
  Said<JsonNode> release(MessageIdentity id, List<EmailAddress> to) {
    List<String> users = to.stream().map(EmailAddress::toString).toList();
    return api.run("Release-QuarantineMessage", Map.of("Identity", id.text(), "User", users));
  }

  /** Deletes it; not for good, so that an administrator can still find it. */
  Said<JsonNode> delete(MessageIdentity id) {
    return api.run("Delete-QuarantineMessage", Map.of("Identity", id.text(), "Confirm", false));
  }
}
