package dev.postern.evidence.signal;

import com.google.common.base.Splitter;
import dev.postern.evidence.Home;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Compares foreign domains with those that people of the firm know: its own, and those it often
 * deals with. A domain at or below one of them resembles none.
 */
final class Lookalikes {

  /** Shorter labels are one letter from each other by chance. */
  private static final int SHORTEST_CHANGED = 5;

  /** Under the same suffix. */
  private static final int SHORTEST_CHANGED_BESIDE = 4;

  private static final int SHORTEST_CHANGED_TWICE = 9;
  private static final int SHORTEST_WITH_ANY_WORD = 4;
  private static final int SHORTEST_WITH_KNOWN_WORD = 3;

  /** Words that are added to a firm's name to make another, in the languages of our users. */
  private static final Set<String> ADDED =
      Set.of(
          ("account accounts admin alert app auth bank billing cloud corp customer delivery docs"
                  + " email finance global group hr id inc info intl invoice invoices it jobs kunden"
                  + " konto login ltd gmbh mail meeting my net office online order orders pay"
                  + " payment payments payroll portal rechnung rechnungen sales secure security"
                  + " service services share shop signin sso store support team tech update verify"
                  + " vpn web")
              .split(" "));

  /**
   * A domain that looks like another.
   *
   * @param known the one that it looks like
   * @param how in one word, for example {@code added-word}
   */
  record Resemblance(DomainName known, String how) {}

  private record Known(DomainName domain, RegisteredName name, String key, String word) {}

  private final List<Known> known = new ArrayList<>();

  Lookalikes(Home home) {
    Set<DomainName> all = new LinkedHashSet<>();
    home.domains().stream().sorted().forEach(all::add);
    home.frequentDomains().stream().sorted().forEach(all::add);
    for (DomainName domain : all) {
      RegisteredName name = RegisteredName.of(domain);
      known.add(new Known(domain, name, Looks.key(name.label()), joined(name.label())));
    }
  }

  /** What the domain looks like; empty where it is at or below a known one, or like none. */
  Optional<Resemblance> of(DomainName domain) {
    if (known.isEmpty() || known.stream().anyMatch(it -> domain.isAtOrBelow(it.domain()))) {
      return Optional.empty();
    }
    RegisteredName name = RegisteredName.of(domain);
    String key = Looks.key(name.label());
    // The parent of a known domain is whose it is: no one else can register there.
    List<Known> others = known.stream().filter(it -> !it.domain().isAtOrBelow(domain)).toList();
    Predicate<Known> beside = it -> it.name().suffix().equals(name.suffix());
    return Stream.concat(others.stream().filter(beside), others.stream().filter(beside.negate()))
        .flatMap(
            it -> how(domain, name, key, it).map(how -> new Resemblance(it.domain(), how)).stream())
        .findFirst();
  }

  private static Optional<String> how(
      DomainName domain, RegisteredName name, String key, Known it) {
    String label = name.label();
    String wanted = it.name().label();
    if (label.equals(wanted)) {
      // Another name below the same one belongs to the same owner, or to nobody's firm.
      return name.suffix().equals(it.name().suffix())
          ? Optional.empty()
          : Optional.of("other-suffix");
    }
    if (key.equals(it.key())) {
      return Optional.of("confusable");
    }
    if (("." + domain.ascii() + ".").contains("." + it.domain().ascii() + ".")) {
      return Optional.of("embedded");
    }
    if (joined(label).equals(it.word())) {
      return Optional.of("hyphens");
    }
    if (changed(name, it)) {
      return Optional.of("changed-letters");
    }
    if (withWord(label, wanted)) {
      return Optional.of("added-word");
    }
    return withWord(wanted, label) && ADDED.contains(rest(wanted, label))
        ? Optional.of("removed-word")
        : Optional.empty();
  }

  private static boolean changed(RegisteredName name, Known it) {
    int length = Math.min(name.label().length(), it.name().label().length());
    boolean sameSuffix = name.suffix().equals(it.name().suffix());
    int shortest = sameSuffix ? SHORTEST_CHANGED_BESIDE : SHORTEST_CHANGED;
    if (length < shortest) {
      return false;
    }
    int most = length < SHORTEST_CHANGED_TWICE ? 1 : 2;
    return EditDistance.within(most, name.label(), it.name().label());
  }

  /** Whether the longer label is the shorter one with words before or after it. */
  private static boolean withWord(String longer, String shorter) {
    boolean longEnough = shorter.length() >= SHORTEST_WITH_KNOWN_WORD;
    if (!longEnough || longer.length() <= shorter.length() || !longer.contains(shorter)) {
      return false;
    }
    List<String> words = Splitter.on('-').omitEmptyStrings().splitToList(longer);
    List<String> name = Splitter.on('-').omitEmptyStrings().splitToList(shorter);
    boolean apart = Collections.indexOfSubList(words, name) >= 0;
    if (apart && shorter.length() >= SHORTEST_WITH_ANY_WORD) {
      return true;
    }
    boolean attached = longer.startsWith(shorter) || longer.endsWith(shorter);
    return (apart || attached) && ADDED.contains(rest(longer, shorter));
  }

  private static String rest(String longer, String shorter) {
    return joined(longer.replace(shorter, ""));
  }

  private static String joined(String label) {
    return label.replace("-", "").toLowerCase(Locale.ROOT);
  }
}
