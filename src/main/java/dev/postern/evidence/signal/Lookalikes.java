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

  /** A domain with all forms in which it is compared; each letter of its name is a bit. */
  private record Compared(
      DomainName domain, RegisteredName name, String key, String word, long letters) {
    static Compared of(DomainName domain) {
      RegisteredName name = RegisteredName.of(domain);
      String label = name.label();
      long letters = label.codePoints().mapToLong(c -> 1L << (c & 63)).reduce(0, (a, b) -> a | b);
      return new Compared(domain, name, Looks.key(label), joined(label), letters);
    }

    /** Whether the other stands whole before the end, between dots or hyphens. */
    boolean hasWithin(DomainName other) {
      String text = domain.ascii();
      int length = other.ascii().length();
      int at = text.indexOf(other.ascii());
      while (at >= 0 && !(limit(text, at - 1) && limit(text, at + length))) {
        at = text.indexOf(other.ascii(), at + 1);
      }
      return at >= 0 && at + length < text.length();
    }

    private static boolean limit(String text, int at) {
      return at < 0 || at == text.length() || text.charAt(at) == '.' || text.charAt(at) == '-';
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
    return first(foreign, true).or(() -> first(foreign, false));
  }

  /** The first that it looks like, among those under its own suffix or among the others. */
  private Optional<Resemblance> first(Compared foreign, boolean beside) {
    for (Compared it : known) {
      boolean wanted = it.name().suffix().equals(foreign.name().suffix()) == beside;
      // The parent of a known domain is whose it is: no one else can register there.
      if (wanted && !it.domain().isAtOrBelow(foreign.domain())) {
        Optional<String> how = how(foreign, it);
        if (how.isPresent()) {
          return Optional.of(new Resemblance(it.domain(), how.get()));
        }
      }
    }
    return Optional.empty();
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
    if (changed(foreign, it)) {
      return Optional.of("changed-letters");
    }
    if (withWord(label, wanted)) {
      return Optional.of("added-word");
    }
    return withWord(wanted, label) && ADDED.contains(rest(wanted, label))
        ? Optional.of("removed-word")
        : Optional.empty();
  }

  private static boolean changed(Compared foreign, Compared it) {
    RegisteredName name = foreign.name();
    RegisteredName known = it.name();
    int length = Math.min(name.label().length(), known.label().length());
    boolean sameSuffix = name.suffix().equals(known.suffix());
    int shortest = sameSuffix ? SHORTEST_CHANGED_BESIDE : SHORTEST_CHANGED;
    if (length < shortest) {
      return false;
    }
    int most = length < SHORTEST_CHANGED_TWICE ? 1 : 2;
    // One change takes one letter away and brings another in: most pairs need no closer look.
    return Long.bitCount(foreign.letters() ^ it.letters()) <= 2 * most
        && EditDistance.within(most, name.label(), known.label());
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
