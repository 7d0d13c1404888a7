package dev.postern.card;

import dev.postern.approval.Choice;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The words that every surface uses for the same thing. A template or renderer has no sentence
 * about evidence, votes or outcomes of its own.
 */
public final class Wording {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm 'UTC'");
  private static final DateTimeFormatter DAY_AND_CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'");

  private Wording() {}

  /** {@code High risk}, {@code Risk unknown}. */
  public static String risk(CardView.Level level) {
    return switch (level) {
      case HIGH -> "High risk";
      case MEDIUM -> "Medium risk";
      case LOW -> "Low risk";
      case UNKNOWN -> "Risk unknown";
    };
  }

  /** {@code 1 recipient}, {@code 3 recipients}. */
  public static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** {@code 3 recipients}, or {@code 2 of 3 recipients}. */
  public static String some(int number, int of) {
    return number == of ? count(of, "recipient") : number + " of " + count(of, "recipient");
  }

  /** What a vote is for, after "voted": {@code to release to 2 of 3 recipients}. */
  public static String votedFor(Choice choice, int recipients) {
    String held =
        switch (choice) {
          case Choice.ReleaseAll _ -> "to release";
          case Choice.ReleaseTo some ->
              "to release to " + some(some.recipients().size(), recipients);
          case Choice.Discard _ -> "to discard";
        };
    return held + (choice.later() ? ", later ones too" : "");
  }

  /** A size of a file: {@code 412 kB}. */
  public static String size(long octets) {
    if (octets < 1000) {
      return count(octets, "byte");
    }
    return octets < 1_000_000
        ? Math.round(octets / 1000.0) + " kB"
        : String.format(Locale.ROOT, "%.1f MB", octets / 1_000_000.0);
  }

  /** How long something took: {@code 23 min 43 s}, {@code 2 d 4 h}. */
  public static String length(Duration took) {
    if (took.toDays() > 0) {
      return took.toDays() + " d " + took.toHoursPart() + " h";
    }
    if (took.toHours() > 0) {
      return took.toHours() + " h " + took.toMinutesPart() + " min";
    }
    String seconds = took.toSecondsPart() + " s";
    return took.toMinutes() > 0 ? took.toMinutes() + " min " + seconds : seconds;
  }

  /** An instant where no reader's zone is known: with the date only where it is not today. */
  public static String utc(Instant at, Instant now) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    boolean today = day.equals(LocalDate.ofInstant(now, ZoneOffset.UTC));
    return (today ? CLOCK : DAY_AND_CLOCK).format(at.atOffset(ZoneOffset.UTC));
  }

  /** {@code a}, {@code a and b}, {@code a, b and c}. */
  public static String list(List<String> names) {
    return names.size() < 2
        ? String.join("", names)
        : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  /** What happened, for a line of the log; after a person's name where a person did it. */
  public static String event(String what) {
    return switch (what) {
      case "case.received" -> "held";
      case "case.examined" -> "checked";
      case "case.ruled" -> "policy ruled";
      case "stage.opened" -> "people asked";
      case "stage.waiting" -> "It is not known yet whom to ask";
      case "stage.expired" -> "time to decide ended";
      case "stage.carried" -> "stage agreed, the next one must too";
      case "stage.escalated" -> "the next stage asked";
      case "stage.unreachable" -> "too few may decide";
      case "stage.reminded" -> "people reminded";
      case "glass.offered" -> "a way past those asked, for an emergency";
      case "glass.broken" -> "decided past those asked";
      case "vote.cast" -> "voted";
      case "vote.changed" -> "changed the vote";
      case "vote.withdrawn" -> "took the vote back";
      case "approver.aside" -> "left it to the others";
      case "approver.handed-over" -> "handed it over to somebody else";
      case "approver.untold" -> "the one it was handed over to could not be told";
      case "approver.unasked" -> "somebody could not be asked in a chat of their own";
      case "stage.elsewhere" -> "asked in the usual channel instead";
      case "campaign.joined" -> "put with others of its kind";
      case "campaign.frozen" -> "those that had gathered put on the card";
      case "campaign.apart" -> "took a message out of the set";
      case "campaign.left" -> "asked about apart from the others";
      case "campaign.decided" -> "each of the set decided like this one";
      case "campaign.expired" -> "the others of the set expired, too";
      case "campaign.later" -> "seen to what was voted for later ones";
      case "campaign.over" -> "the others of the set asked about without this one";
      case "recheck.asked" -> "asked for another look";
      case "witness.asked" -> "asked a recipient";
      case "witness.answered" -> "answered as a witness";
      case "witness.unreached" -> "a recipient could not be asked";
      case "click.refused" -> "clicked, without effect";
      case "case.decided" -> "decided";
      case "case.expired" -> "nobody decided, still held";
      case "case.rechecked" -> "checked again";
      case "effect.intended" -> "mail system told";
      case "effect.delayed" -> "mail system did not take it yet";
      case "effect.interrupted" -> "interrupted; mail system asked where it stands";
      case "effect.proved" -> "mail system confirmed it";
      case "effect.failed" -> "mail system did not do it";
      case "case.withdrawn" -> "no longer in the mail system";
      case "case.restored" -> "restored from a backup; what came after it is not known";
      case "grant.requested" -> "asked for a grant";
      case "grant.begun" -> "the grant began";
      case "grant.refused" -> "the grant was refused";
      case "grant.used" -> "the grant decided about a message";
      case "grant.used-up" -> "the grant decided about as many messages as it may";
      case "grant.revoked" -> "ended the grant";
      case "grant.ended" -> "the time of the grant ended";
      case "message.removed" -> "octets of the message removed: kept long enough";
      default -> what.replace('.', ' ');
    };
  }

  /** First, second, …: which vote a reason belongs to. */
  static String ordinal(int number) {
    List<String> words = List.of("First", "Second", "Third", "Fourth", "Fifth");
    return number <= words.size() ? words.get(number - 1) : "Number " + number;
  }
}
