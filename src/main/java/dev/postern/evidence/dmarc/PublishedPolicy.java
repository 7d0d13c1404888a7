package dev.postern.evidence.dmarc;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a domain and the names above it publish for DMARC, with every step of the walk that finds it
 * (RFC 9989 §4.10).
 *
 * @param walk the questions from the domain upwards
 * @param organizationalDomain empty when DNS gave no answer
 * @param policyDomain where the record that applies stands; empty without one
 * @param record that record; hostile; empty without one
 * @param tags of that record in its order, names in lower case; values hostile
 * @param usable false if the record names no valid policy and nobody to report to (§4.10.1)
 * @param own what applies to the domain; empty without a record
 * @param below what applies to names below the domain that exist
 * @param missing what applies to names below the domain that do not exist
 * @param testing t=y
 * @param undecided whether DNS gave no answer, so that there may be a record
 */
public record PublishedPolicy(
    List<Step> walk,
    Optional<DomainName> organizationalDomain,
    Optional<DomainName> policyDomain,
    String record,
    Map<String, String> tags,
    boolean usable,
    Optional<Request> own,
    Optional<Request> below,
    Optional<Request> missing,
    boolean testing,
    boolean undecided) {

  /**
   * One question of the walk.
   *
   * @param at the domain; the question was for TXT of {@code _dmarc} below it
   * @param status the kind of answer
   * @param records the DMARC records among the answers; hostile
   * @param others TXT records there that are none; hostile
   */
  public record Step(DomainName at, Status status, List<String> records, List<String> others) {
    /** Copies the lists, so that a step never changes. */
    public Step {
      records = List.copyOf(records);
      others = List.copyOf(others);
    }
  }

  /**
   * A policy and the tag that asks for it.
   *
   * @param policy what is asked for, before t=y lowers it
   * @param tag {@code p}, {@code sp} or {@code np}
   * @param at whose record asks
   */
  public record Request(DmarcPolicy policy, String tag, DomainName at) {}

  /** Copies what it is given, so that a policy never changes. */
  public PublishedPolicy {
    walk =
        walk.stream()
            .sorted(Comparator.comparingInt((Step it) -> it.at().labels().size()).reversed())
            .toList();
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /** Asks what is published. Never throws for what is, nor for what name servers do. */
  public static PublishedPolicy of(DomainName domain, Dns dns, Deadline by) {
    List<Step> walk = Collections.synchronizedList(new ArrayList<>());
    Discovery discovery = new DmarcCheck(noting(walk, dns)).discover(domain, by);
    Optional<TreeWalk.Found> found = discovery.found();
    Optional<TreeWalk.Found> above = discovery.organizationalDomain().flatMap(it -> at(it, walk));
    Optional<TreeWalk.Found> ruling = above.or(() -> found).filter(it -> it.record().usable());
    Optional<TreeWalk.Found> usable = found.filter(it -> it.record().usable());
    return new PublishedPolicy(
        walk,
        discovery.organizationalDomain(),
        found.map(TreeWalk.Found::at),
        found.map(it -> it.record().text()).orElse(""),
        found.map(it -> it.record().tags()).orElse(Map.of()),
        usable.isPresent(),
        usable.flatMap(it -> discovery.request().map(asked -> request(asked, it))),
        ruling.map(it -> request(it.record().forSubdomain(true), it)),
        ruling.map(it -> request(it.record().forSubdomain(false), it)),
        usable.map(it -> it.record().testMode()).orElse(false),
        discovery.undecided());
  }

  /** Names below a domain never ask at the domain: only at themselves and further up (§4.10.1). */
  private static Optional<TreeWalk.Found> at(DomainName name, List<Step> walk) {
    return walk.stream()
        .filter(step -> step.at().equals(name) && step.records().size() == 1)
        .flatMap(step -> DmarcRecord.parse(step.records().getFirst()).stream())
        .map(record -> new TreeWalk.Found(name, record))
        .findFirst();
  }

  /** DNS gave no answer at all. */
  public static PublishedPolicy unanswered(DomainName domain) {
    return new PublishedPolicy(
        List.of(new Step(domain, Status.TEMPFAIL, List.of(), List.of())),
        Optional.empty(),
        Optional.empty(),
        "",
        Map.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        true);
  }

  /** The organizational domain of {@code domain} alone (§4.10.2); empty when DNS gave no answer. */
  public static Optional<DomainName> organizationalDomain(DomainName domain, Dns dns, Deadline by) {
    return TreeWalk.from(domain, dns, by).organizationalDomain();
  }

  /** Whether a TXT record is a DMARC record, as which an authorisation to report counts too. */
  public static boolean isRecord(String txt) {
    return DmarcRecord.parse(txt).isPresent();
  }

  private static Request request(DmarcRecord.Request request, TreeWalk.Found from) {
    return new Request(request.policy(), request.tag(), from.at());
  }

  /** Notes the questions for DMARC records, which are the only ones for TXT. */
  private static Dns noting(List<Step> walk, Dns dns) {
    return (DnsName name, DnsType type, Deadline by) -> {
      Answer answer = dns.query(name, type, by);
      if (type == DnsType.TXT) {
        DomainName at = new DomainName(name.text().substring("_dmarc.".length()));
        Map<Boolean, List<String>> sorted =
            answer.data().stream().collect(Collectors.partitioningBy(PublishedPolicy::isRecord));
        walk.add(
            new Step(
                at,
                answer.status(),
                sorted.getOrDefault(true, List.of()),
                sorted.getOrDefault(false, List.of())));
      }
      return answer;
    };
  }
}
