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

  /** A domain with all forms in which it is compared. */
  private record Compared(DomainName domain, RegisteredName name, String key, String word) {
    static Compared of(DomainName domain) {
      RegisteredName name = RegisteredName.of(domain);
      return new Compared(domain, name, Looks.key(name.label()), joined(name.label()));
    }

    boolean hasWithin(DomainName other) {
      return domain.ascii().contains(other.ascii())
          && ("." + domain.ascii() + ".").contains("." + other.ascii() + ".");
    }
  }

  private final List<Compared> known = new ArrayList<>();

  Lookalikes(Home home) {
    Set<DomainName> all = new LinkedHashSet<>();
    home.domains().stream().sorted().forEach(all::add);
    home.frequentDomains().stream().sorted().forEach(all::add);
    all.stream().map(Compared::of).forEach(known::add);
  }

  /** What the domain looks like; empty where it is at or below a known one, or like none. */
  Optional<Resemblance> of(DomainName domain) {
    if (known.isEmpty() || known.stream().anyMatch(it -> domain.isAtOrBelow(it.domain()))) {
      return Optional.empty();
    }
    Compared foreign = Compared.of(domain);
    // The parent of a known domain is whose it is: no one else can register there.
    List<Compared> others = known.stream().filter(it -> !it.domain().isAtOrBelow(domain)).toList();
    Predicate<Compared> beside = it -> it.name().suffix().equals(foreign.name().suffix());
    return Stream.concat(others.stream().filter(beside), others.stream().filter(beside.negate()))
        .flatMap(it -> how(foreign, it).map(how -> new Resemblance(it.domain(), how)).stream())
        .findFirst();
  }

  private static Optional<String> how(Compared foreign, Compared it) {
    RegisteredName name = foreign.name();
    String label = name.label();
    String wanted = it.name().label();
    if (label.equals(wanted)) {
      // Another name below the same one belongs to the same owner, or to nobody's firm.
      return name.suffix().equals(it.name().suffix())
          ? Optional.empty()
          : Optional.of("other-suffix");
    }
    if (foreign.key().equals(it.key())) {
      return Optional.of("confusable");
    }
    if (foreign.hasWithin(it.domain())) {
      return Optional.of("embedded");
    }
    if (foreign.word().equals(it.word())) {
      return Optional.of("hyphens");
    }
    if (changed(name, it.name())) {
      return Optional.of("changed-letters");
    }
    if (withWord(label, wanted)) {
      return Optional.of("added-word");
    }
    return withWord(wanted, label) && ADDED.contains(rest(wanted, label))
        ? Optional.of("removed-word")
        : Optional.empty();
  }

  private static boolean changed(RegisteredName name, RegisteredName known) {
    int length = Math.min(name.label().length(), known.label().length());
    boolean sameSuffix = name.suffix().equals(known.suffix());
    int shortest = sameSuffix ? SHORTEST_CHANGED_BESIDE : SHORTEST_CHANGED;
    if (length < shortest) {
      return false;
    }
    int most = length < SHORTEST_CHANGED_TWICE ? 1 : 2;
    return EditDistance.within(most, name.label(), known.label());
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
