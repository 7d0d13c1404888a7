package dev.postern.dns;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import java.util.Optional;
import java.util.Set;

/** A zone at hand for its own names, and the network for all others. */
public final class ZoneFirstDns implements Dns {
  private final ZoneDns zone;
  private final Set<DnsName> apexes;
  private final Dns network;

  /** Names at or below an apex of {@code zone} never reach {@code network}. */
  public ZoneFirstDns(ZoneDns zone, Dns network) {
    this.zone = zone;
    this.apexes = zone.apexes();
    this.network = network;
  }

  @Override
  public Answer query(DnsName name, DnsType type, Deadline by) {
    return whose(name).query(name, type, by);
  }

  @Override
  public Optional<Answer> known(DnsName name, DnsType type) {
    return whose(name).known(name, type);
  }

  @Override
  public void expect(DnsName name, DnsType type, Deadline by) {
    whose(name).expect(name, type, by);
  }

  private Dns whose(DnsName name) {
    return inZone(name) ? zone : network;
  }

  private boolean inZone(DnsName name) {
    String rest = name.text();
    while (true) {
      if (apexes.contains(new DnsName(rest))) {
        return true;
      }
      int dot = rest.indexOf('.');
      if (dot < 0) {
        return false;
      }
      rest = rest.substring(dot + 1);
    }
  }
}
