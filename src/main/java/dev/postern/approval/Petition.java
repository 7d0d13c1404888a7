package dev.postern.approval;

import dev.postern.evidence.Evidence;
import dev.postern.evidence.EvidenceJson;
import dev.postern.evidence.Origin;
import dev.postern.policy.GrantId;
import dev.postern.policy.GrantTerms;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.policy.GrantTerms.Like;
import dev.postern.policy.GrantTerms.Party;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * That somebody asks for a grant. It is a case like any other, whose evidence is these very terms:
 * votes count for them and for no others.
 *
 * @param terms what is asked for
 * @param owner id of who asks
 * @param name the name of that person; foreign on cards
 * @param reason in the words of that person, one line; foreign on cards
 * @param about the case on whose card it was asked for, where it was
 * @param mayDecide whether the one who asks may have a say
 */
public record Petition(
    GrantTerms terms,
    String owner,
    String name,
    String reason,
    Optional<CaseId> about,
    boolean mayDecide) {
  /** The source of cases that are no mail. */
  public static final String SOURCE = "grant";

  /** What the evidence of a case asks for; empty where it is about a message. */
  public static Optional<Petition> of(Evidence evidence) {
    return evidence.origin() instanceof Origin.Asked asked
        ? Optional.of(read(asked.terms()))
        : Optional.empty();
  }

  /** The name that its grant has: the same terms give the same name. */
  public GrantId id() {
    return GrantId.of(EvidenceJson.digest(evidence(Instant.EPOCH)));
  }

  /** As the log has it. */
  String facts() {
    return "grant=%s kind=%s until=%s most=%d"
        .formatted(id(), terms.kind().word(), terms.until(), terms.most());
  }

  /** As evidence. */
  Evidence evidence(Instant at) {
    return Evidence.asked(written(), at);
  }

  private Map<String, String> written() {
    Map<String, String> written = new TreeMap<>();
    written.put("kind", terms.kind().word());
    written.put("from", terms.from().text());
    terms.to().ifPresent(to -> written.put("to", to.text()));
    written.put("until", terms.until().toString());
    written.put("most", Integer.toString(terms.most()));
    written.put("dmarc", terms.unproved() ? "any" : "pass");
    written.put("owner", owner);
    written.put("name", name);
    written.put("reason", reason);
    about.ifPresent(id -> written.put("case", id.text()));
    terms.like().ifPresent(like -> write(like, written));
    written.put("own-vote", Boolean.toString(mayDecide));
    return written;
  }

  private static void write(Like like, Map<String, String> written) {
    written.put("like", like.caseId());
    written.put("like-says", like.says());
    written.put("like-found", like.found());
    written.put("like-reported", like.reported());
    written.put("like-subject", like.subject());
  }

  private static Optional<Like> like(Map<String, String> written) {
    return Optional.ofNullable(written.get("like"))
        .map(
            caseId ->
                new Like(
                    caseId,
                    text(written, "like-says"),
                    text(written, "like-found"),
                    text(written, "like-reported"),
                    text(written, "like-subject")));
  }

  private static Petition read(Map<String, String> written) {
    GrantTerms terms =
        new GrantTerms(
            Kind.valueOf(text(written, "kind").toUpperCase(Locale.ROOT)),
            new Party(text(written, "from")),
            Optional.ofNullable(written.get("to")).map(Party::new),
            Instant.parse(text(written, "until")),
            Integer.parseInt(text(written, "most")),
            text(written, "dmarc").equals("any"),
            like(written));
    return new Petition(
        terms,
        text(written, "owner"),
        text(written, "name"),
        text(written, "reason"),
        Optional.ofNullable(written.get("case")).map(CaseId::new),
        text(written, "own-vote").equals("true"));
  }

  private static String text(Map<String, String> written, String name) {
    return Optional.ofNullable(written.get(name))
        .orElseThrow(() -> new IllegalStateException("a stored request has no " + name));
  }
}
