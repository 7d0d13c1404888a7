package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Mail addresses and domains in the text of a message in chat, which anybody may have written. Its
 * beginning is read, in time linear in its length.
 *
 * @param addresses in their order
 * @param domains those of the addresses first
 */
record NamedInText(List<EmailAddress> addresses, List<DomainName> domains) {
  private static final int MOST_CHARACTERS = 20_000;
  private static final int MOST_FOUND = 100;

  private static final String LETTER = "[\\p{L}\\p{N}_-]";

  /** Begins where a word does, so that no letter is looked at twice. */
  private static final Pattern DOTTED =
      Pattern.compile("(?<!" + LETTER + ")" + LETTER + "++(?:\\." + LETTER + "++)++");

  private static final Pattern LOCAL_PART =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$");

  /** Reads a message as Slack gives it. */
  static NamedInText of(JsonNode message) {
    StringBuilder text = new StringBuilder(Kit.text(message.path("text")));
    for (String part : List.of("blocks", "attachments")) {
      for (JsonNode words : message.path(part).findValues("text")) {
        if (text.length() < MOST_CHARACTERS) {
          text.append(' ').append(Kit.text(words));
        }
      }
    }
    return of(text.substring(0, Math.min(text.length(), MOST_CHARACTERS)));
  }

  static NamedInText of(String text) {
    // What Postern and careful people write defanged is meant all the same.
    String plain = text.replace("[.]", ".").replace("[@]", "@");
    Set<EmailAddress> addresses = new LinkedHashSet<>();
    Set<DomainName> bare = new LinkedHashSet<>();
    Matcher found = DOTTED.matcher(plain);
    for (int i = 0; i < MOST_FOUND && found.find(); i++) {
      int at = found.start() - 1;
      int end = found.end();
      boolean local = end < plain.length() && plain.charAt(end) == '@';
      if (at >= 0 && plain.charAt(at) == '@') {
        Matcher before = LOCAL_PART.matcher(plain.substring(Math.max(0, at - 64), at));
        if (before.find()) {
          EmailAddress.parse(before.group() + "@" + found.group()).ifPresent(addresses::add);
        }
      } else if (!local && found.group().codePoints().anyMatch(Character::isLetter)) {
        DomainName.parse(found.group()).filter(NamedInText::likely).ifPresent(bare::add);
      }
    }
    List<DomainName> domains =
        Stream.concat(addresses.stream().map(EmailAddress::domain), bare.stream())
            .distinct()
            .toList();
    return new NamedInText(new ArrayList<>(addresses), domains);
  }

  /** The last label of a domain has letters; that of a version or a date has none. */
  private static boolean likely(DomainName name) {
    return name.labels().getLast().matches("[a-z][a-z0-9-]+");
  }
}
