package dev.postern.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads {@code grants}: who decides about exceptions, and how far these may go. */
final class GrantLawReader {
  static final String KEY = "grants";
  private static final List<String> KEYS = List.of("chain", "longest", "most", "own-requests");

  private final Section first;
  private final List<String> chains;

  /**
   * Gets ready.
   *
   * @param first the keys of the policy's first file
   * @param chains names of the chains that exist
   */
  GrantLawReader(Section first, List<String> chains) {
    this.first = first;
    this.chains = chains;
  }

  GrantLaw read() {
    return first.get(KEY).map(node -> read(first.inside(node, KEY, KEYS))).orElse(GrantLaw.USUAL);
  }

  private GrantLaw read(Section section) {
    Duration longest =
        section
            .get("longest")
            .flatMap(node -> Scalars.duration(section, node, "longest"))
            .orElse(GrantLaw.USUAL.longest());
    return new GrantLaw(
        chain(section),
        longest,
        section.scalar("most").map(at -> most(section, at)).orElse(GrantLaw.USUAL.most()),
        new TermsReader(section).truth("own-requests"));
  }

  private String chain(Section section) {
    Optional<ScalarNode> named = section.scalar("chain");
    Optional<String> unknown =
        named.map(ScalarNode::getValue).filter(name -> !chains.contains(name));
    if (unknown.isPresent()) {
      Node at = named.get();
      String what = NearestWord.none("chain", unknown.get(), chains);
      section.fault(at, what, NearestWord.to(unknown.get(), chains));
    }
    return named.map(ScalarNode::getValue).orElse("");
  }

  private static int most(Section section, ScalarNode at) {
    if (at.getValue().matches("[1-9][0-9]{0,4}")) {
      return Integer.parseInt(at.getValue());
    }
    String what = "most is how many messages a grant may decide about, a number from 1 to 99999";
    section.fault(at, what, Optional.empty());
    return GrantLaw.USUAL.most();
  }
}
