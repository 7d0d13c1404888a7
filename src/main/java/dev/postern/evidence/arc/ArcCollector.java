package dev.postern.evidence.arc;

import dev.postern.evidence.dkim.TagList;
import dev.postern.mail.DomainName;
import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the ARC fields of a message in order by their instance (RFC 8617 §5.2, steps 1 to 3). */
final class ArcCollector {

  /** §4.2.1: an instance above 50 makes the chain fail. */
  private static final int MOST_SETS = 50;

  private static final Pattern INSTANCE = Pattern.compile("[1-9][0-9]?");
  private static final Pattern RESULTS =
      Pattern.compile("i\\s{0,99}=\\s{0,99}([0-9]{1,3})\\s{0,99};.*");
  private static final int LONGEST_PREFIX = 400;
  private static final int LONGEST_WORD = 100; // with the white space that folding puts around it
  private static final int LONGEST_DOMAIN = 253;

  private final byte[] octets;
  private final HeaderFields headers;
  private final SortedMap<Integer, HeaderField> results = new TreeMap<>();
  private final SortedMap<Integer, HeaderField> signatures = new TreeMap<>();
  private final SortedMap<Integer, HeaderField> seals = new TreeMap<>();

  ArcCollector(byte[] octets, HeaderFields headers) {
    this.octets = octets;
    this.headers = headers;
  }

  /** The chain. Never throws. */
  ArcChain collect() {
    Optional<String> flaw =
        sort("ARC-Authentication-Results", ArcCollector::instanceOfResults, results)
            .or(() -> sort("ARC-Message-Signature", this::instanceOfTags, signatures))
            .or(() -> sort("ARC-Seal", this::instanceOfTags, seals));
    if (flaw.isPresent()) {
      return new ArcChain.Broken(flaw.get());
    }
    int last = seals.isEmpty() ? 0 : seals.lastKey();
    if (results.isEmpty() && signatures.isEmpty() && seals.isEmpty()) {
      return new ArcChain.Absent();
    }
    boolean whole = seals.size() == last && sameInstances(results) && sameInstances(signatures);
    return whole ? judgeStates() : new ArcChain.Broken("an ARC set is not complete");
  }

  private boolean sameInstances(SortedMap<Integer, HeaderField> others) {
    return others.keySet().equals(seals.keySet());
  }

  private Optional<String> sort(
      String name, Function<HeaderField, String> instance, SortedMap<Integer, HeaderField> into) {
    List<HeaderField> fields = headers.named(name);
    if (fields.size() > MOST_SETS) {
      return Optional.of("more than " + MOST_SETS + " ARC sets");
    }
    for (HeaderField field : fields) {
      String number = instance.apply(field);
      if (!INSTANCE.matcher(number).matches() || Integer.parseInt(number) > MOST_SETS) {
        return Optional.of(name + " without a proper instance");
      }
      if (into.putIfAbsent(Integer.parseInt(number), field) != null) {
        return Optional.of("instance " + number + " has two fields " + name);
      }
    }
    return Optional.empty();
  }

  /** Step 3: the first hop saw no chain, each later one a chain that passed. */
  private ArcChain judgeStates() {
    List<ArcSet> sets = new ArrayList<>();
    for (int i = 1; i <= seals.lastKey(); i++) {
      ArcSet set = set(i);
      if (!set.chainState().equals(i == 1 ? "none" : "pass")) {
        boolean fail = set.chainState().equals("fail");
        return new ArcChain.Broken(
            fail ? "hop " + i + " saw the chain fail" : "hop " + i + " states no proper cv=");
      }
      sets.add(set);
    }
    return new ArcChain.Whole(List.copyOf(sets));
  }

  private ArcSet set(int i) {
    TagList seal = tags(field(seals, i));
    return new ArcSet(
        field(results, i),
        field(signatures, i),
        field(seals, i),
        seal.text("cv", LONGEST_WORD),
        DomainName.parse(seal.text("d", LONGEST_DOMAIN)),
        DomainName.parse(seal.text("s", LONGEST_DOMAIN)));
  }

  private static HeaderField field(SortedMap<Integer, HeaderField> fields, int i) {
    HeaderField field = fields.get(i);
    if (field == null) {
      throw new IllegalStateException("instance " + i + " was counted but is absent");
    }
    return field;
  }

  private String instanceOfTags(HeaderField field) {
    return tags(field).text("i", LONGEST_WORD);
  }

  private TagList tags(HeaderField field) {
    return TagList.read(octets, field.valueOffset(), field.offset() + field.length());
  }

  /** §4.1.1: the instance stands first, before what RFC 8601 puts there. */
  private static String instanceOfResults(HeaderField field) {
    String value = field.unfoldedValue();
    Matcher prefix = RESULTS.matcher(value.substring(0, Math.min(value.length(), LONGEST_PREFIX)));
    return prefix.matches() ? prefix.group(1) : "";
  }
}
