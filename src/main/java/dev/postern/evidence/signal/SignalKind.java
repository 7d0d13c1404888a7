package dev.postern.evidence.signal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every fact that can be raised. {@code docs/evidence.md} says when, with which values. */
public enum SignalKind {
  NAME_SHOWS_ADDRESS("the display name holds an address of somebody else"),
  NAME_SHOWS_DOMAIN("the display name holds the domain of somebody else"),
  NAME_OF_COLLEAGUE("the display name is that of a colleague, the address is not"),
  REPLY_TO_ELSEWHERE("answers go to another organization than From names"),
  MAIL_FROM_ELSEWHERE("bounces go to another organization than From names"),
  FROM_LOOKALIKE("the From domain looks like one that you know"),
  FROM_MIXED_SCRIPTS("the From domain mixes letters of several scripts"),
  FROM_READS_AS_LATIN("the From domain has letters that only look like a to z"),
  FROM_PUNYCODE("the From domain is an internationalised one"),
  REPLY_TO_LOOKALIKE("the Reply-To domain looks like one that you know"),
  REPLY_TO_MIXED_SCRIPTS("the Reply-To domain mixes letters of several scripts"),
  REPLY_TO_READS_AS_LATIN("the Reply-To domain has letters that only look like a to z"),
  REPLY_TO_PUNYCODE("the Reply-To domain is an internationalised one"),
  LINK_LOOKALIKE("a link leads to a domain that looks like one that you know"),
  LINK_MIXED_SCRIPTS("a link leads to a domain that mixes letters of several scripts"),
  LINK_READS_AS_LATIN("a link leads to a domain with letters that only look like a to z"),
  LINK_PUNYCODE("a link leads to an internationalised domain"),
  LINK_TEXT_ELSEWHERE("a link shows one host and leads to another"),
  PROGRAM_ATTACHED("an attached file runs when it is opened"),
  PROGRAM_NAMED_AS_DOCUMENT("an attached program is named as if it were a document"),
  FILE_NOT_AS_DECLARED("an attached file holds something else than it says"),
  FILE_NAME_REORDERED("the name of an attached file is not read as it is written"),
  FIRST_CONTACT("there is no earlier case from the From domain"),
  NO_REVERSE_DNS("the client's address has no name"),
  REVERSE_DNS_UNCONFIRMED("no name of the client's address leads back to it"),
  HELO_ELSEWHERE("the name in HELO is not that of the client"),
  RECEIVED_WITH_TLS("your gateway received the message over TLS"),
  RECEIVED_WITHOUT_TLS("your gateway received the message in clear"),
  FORGED_AUTHENTICATION_RESULTS("a field with results pretends to be of your gateway");

  private static final Map<String, SignalKind> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(SignalKind::word, Function.identity()));

  private final String meaning;

  SignalKind(String meaning) {
    this.meaning = meaning;
  }

  /** What was found, in a few words for people. */
  public String meaning() {
    return meaning;
  }

  /** The name in evidence and policy: {@code reply-to-elsewhere}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of that name; empty for one that a later version wrote. */
  public static Optional<SignalKind> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }
}
