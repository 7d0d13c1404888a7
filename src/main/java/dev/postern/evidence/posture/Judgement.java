package dev.postern.evidence.posture;

import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.List;

/** What is to be said about what a domain publishes. Asks nothing. */
final class Judgement {
  private Judgement() {}

  static List<Section> of(DomainName domain, Published published) {
    boolean missing = published.mail().domainExists().filter(exists -> !exists).isPresent();
    return missing ? ofMissing(domain, published) : ofExisting(domain, published);
  }

  /** Of a name that does not exist, DMARC alone has something to say: np= of a domain above. */
  private static List<Section> ofMissing(DomainName domain, Published published) {
    Finding missing =
        Finding.error("domain-missing", "DNS says that %s does not exist.".formatted(domain))
            .because("Nobody can publish or receive anything under a name that does not exist.")
            .mend(
                "Check the spelling. If it is yours, see whether it is registered and delegated.");
    return List.of(
        new Section(Topic.DOMAIN, List.of(missing)),
        new DmarcJudgement(domain, published, false).section());
  }

  private static List<Section> ofExisting(DomainName domain, Published published) {
    List<Section> sections = new ArrayList<>();
    sections.add(new MxJudgement(domain, published).section());
    sections.add(new SpfJudgement(domain, published).section());
    sections.add(new DkimJudgement(domain, published.keys()).section());
    sections.add(new DmarcJudgement(domain, published, true).section());
    sections.addAll(new TransportJudgement(domain, published).sections());
    return sections;
  }
}
