package dev.postern.evidence.posture;

import dev.postern.mail.DomainName;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a domain publishes about its mail, and what is to be said about it.
 *
 * @param domain the domain
 * @param published what DNS said
 * @param sections one for each topic that applies, in the order of {@link Topic}
 */
public record Posture(DomainName domain, Published published, List<Section> sections) {

  /** Copies the list, so that a posture never changes. */
  public Posture {
    sections = List.copyOf(sections);
  }

  /** All findings in the order of the sections. */
  public Stream<Finding> findings() {
    return sections.stream().flatMap(section -> section.findings().stream());
  }

  /** How many findings there are of a level. */
  public long count(Level level) {
    return findings().filter(it -> it.level() == level).count();
  }

  /** Whether a warning or an error was found, for certain. */
  public boolean wanting() {
    return count(Level.WARNING) + count(Level.ERROR) > 0;
  }

  /** Whether DNS gave too few answers to say everything. */
  public boolean undecided() {
    return count(Level.TEMPORARY) > 0;
  }
}
