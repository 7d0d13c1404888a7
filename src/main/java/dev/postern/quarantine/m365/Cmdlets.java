package dev.postern.quarantine.m365;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.RawMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
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

  /** All mail that is kept back, in any order. */
  List<Row> kept(Instant now) {
    List<Row> rows = new ArrayList<>();
    for (int page = 1; page <= MOST_PAGES; page++) {
      List<Row> some = page(now, page, PAGE);
      rows.addAll(some);
      if (some.size() < PAGE) {
        return rows;
      }
    }
    throw new MailSystemTrouble(
        "Microsoft 365 has more than " + MOST_PAGES * PAGE + " messages in quarantine");
  }

  /** How many of the newest can be listed, up to one. */
  int glance(Instant now) {
    return page(now, 1, 1).size();
  }

  private List<Row> page(Instant now, int page, int size) {
    Said said =
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
                page));
    if (said instanceof Said.Missing) {
      throw new MailSystemTrouble("Microsoft 365 does not know the list of its quarantine");
    }
    return rows(said);
  }

  private static List<Row> rows(Said said) {
    return switch (said) {
      case Said.Rows them -> them.rows().stream().map(Row::new).toList();
      case Said.Missing _ -> List.of();
      case Said.Forbidden forbidden -> throw new MailSystemTrouble(forbidden.words());
      case Said.Refused refused -> throw new MailSystemTrouble(refused.words());
    };
  }

  /** One message with all that is told of it; empty where the quarantine does not have it. */
  Optional<Row> find(MessageIdentity id) {
    return rows(api.run("Get-QuarantineMessage", Map.of("Identity", id.text()))).stream()
        .filter(
            row -> row.identity().filter(it -> it.text().equalsIgnoreCase(id.text())).isPresent())
        .filter(row -> !row.deleted())
        .findFirst();
  }

  /** Its octets; empty where they are not given, or are more than the store takes. */
  Optional<RawMessage> export(MessageIdentity id) {
    // Base64 is a third longer, and JSON stands around it.
    int answer = (int) Math.min(Integer.MAX_VALUE, largest * 3L / 2 + 65_536);
    Said said = api.run("Export-QuarantineMessage", Map.of("Identity", id.text()), answer);
    return said instanceof Said.Rows them
        ? them.rows().stream().findFirst().flatMap(this::octets)
        : Optional.empty();
  }

  private Optional<RawMessage> octets(JsonNode row) {
    if (!row.path("BodyEncoding").asText("Base64").equalsIgnoreCase("Base64")) {
      return Optional.empty();
    }
    try {
      byte[] octets = Base64.getMimeDecoder().decode(row.path("Eml").asText(""));
      return octets.length == 0 || octets.length > largest
          ? Optional.empty()
          : Optional.of(RawMessage.of(octets));
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  /** What may be seen of a message whose octets are not given; empty where nothing may. */
  Optional<JsonNode> preview(MessageIdentity id) {
    Said said = api.run("Preview-QuarantineMessage", Map.of("Identity", id.text()));
    return said instanceof Said.Rows them ? them.rows().stream().findFirst() : Optional.empty();
  }

  /** Lets it go to everybody; recipients that have it are passed over. */
  Said releaseToAll(MessageIdentity id) {
    return api.run(
        "Release-QuarantineMessage", Map.of("Identity", id.text(), "ReleaseToAll", true));
  }

  /** Lets it go to these; without Force, those that have it are passed over. */
  Said release(MessageIdentity id, List<EmailAddress> to) {
    List<String> users = to.stream().map(EmailAddress::toString).toList();
    return api.run("Release-QuarantineMessage", Map.of("Identity", id.text(), "User", users));
  }

  /** Deletes it; not for good, so that an administrator can still find it. */
  Said delete(MessageIdentity id) {
    return api.run("Delete-QuarantineMessage", Map.of("Identity", id.text(), "Confirm", false));
  }
}
