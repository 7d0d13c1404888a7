package dev.postern.evidence.dmarc;

import dev.postern.evidence.Answer;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.PerAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A DMARC policy record (RFC 9989 §4.7, §4.8).
 *
 * @param text as published
 * @param tags names in lower case, first occurrence each
 */
record DmarcRecord(String text, Map<String, String> tags) {
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\s,]+");

  /** The record of an answer; several are as good as none (§4.10 step 2). */
  static final PerAnswer<Optional<DmarcRecord>> PUBLISHED = new PerAnswer<>(DmarcRecord::only);

  /** psd=: whether a name is a public suffix domain. */
  enum Psd {
    YES,
    NO,
    UNKNOWN
  }

  /**
   * What a record asks for, and by which tag.
   *
   * @param policy the policy
   * @param tag {@code p}, {@code sp} or {@code np}
   */
  record Request(DmarcPolicy policy, String tag) {}

  /** Reads a TXT record; empty when it is no DMARC record: v= must come first, exactly so. */
  static Optional<DmarcRecord> parse(String txt) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String tag : txt.split(";", -1)) {
      int equals = tag.indexOf('=');
      String name = equals < 0 ? "" : tag.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      String value = tag.substring(equals + 1).strip();
      if (tags.isEmpty() && !(name.equals("v") && value.equals("DMARC1"))) {
        return Optional.empty();
      }
      if (!name.isEmpty()) {
        tags.putIfAbsent(name, value);
      }
    }
    return Optional.of(new DmarcRecord(txt, tags));
  }

  private static Optional<DmarcRecord> only(Answer answer) {
    List<DmarcRecord> records = answer.data().stream().flatMap(txt -> parse(txt).stream()).toList();
    return records.size() == 1 ? Optional.of(records.getFirst()) : Optional.empty();
  }

  /** False when the record must be left alone: a wrong policy and nobody to report to (§4.10.1). */
  boolean usable() {
    return policiesValid() || reportsAskedFor();
  }

  /** For the domain that published the record. */
  Request forItself() {
    return policiesValid() ? new Request(policy("p"), "p") : new Request(DmarcPolicy.NONE, "p");
  }

  /** For a name below the domain that published the record. */
  Request forSubdomain(boolean nameExists) {
    if (!policiesValid()) {
      return forItself();
    }
    if (!nameExists && tags.containsKey("np")) {
      return new Request(policy("np"), "np");
    }
    return tags.containsKey("sp") ? new Request(policy("sp"), "sp") : forItself();
  }

  /** Whether the answer depends on the existence of the name. */
  boolean tellsMissingNamesApart() {
    return policiesValid() && tags.containsKey("np");
  }

  boolean strictDkim() {
    return flag("adkim", "s");
  }

  boolean strictSpf() {
    return flag("aspf", "s");
  }

  boolean testMode() {
    return flag("t", "y");
  }

  Psd psd() {
    if (flag("psd", "y")) {
      return Psd.YES;
    }
    return flag("psd", "n") ? Psd.NO : Psd.UNKNOWN;
  }

  private boolean flag(String tag, String value) {
    return tags.getOrDefault(tag, "").equalsIgnoreCase(value);
  }

  private boolean policiesValid() {
    return parsePolicy("p").isPresent()
        && List.of("sp", "np").stream()
            .allMatch(tag -> !tags.containsKey(tag) || parsePolicy(tag).isPresent());
  }

  private boolean reportsAskedFor() {
    for (String uri : tags.getOrDefault("rua", "").split(",", -1)) {
      if (URI.matcher(uri.strip()).matches()) {
        return true;
      }
    }
    return false;
  }

  private DmarcPolicy policy(String tag) {
    return parsePolicy(tag).orElseThrow();
  }

  private Optional<DmarcPolicy> parsePolicy(String tag) {
    return switch (tags.getOrDefault(tag, "").toLowerCase(Locale.ROOT)) {
      case "none" -> Optional.of(DmarcPolicy.NONE);
      case "quarantine" -> Optional.of(DmarcPolicy.QUARANTINE);
      case "reject" -> Optional.of(DmarcPolicy.REJECT);
      default -> Optional.empty();
    };
  }
}
