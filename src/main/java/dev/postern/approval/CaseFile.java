package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.GatewayReport;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;
import dev.postern.policy.Action;
import dev.postern.policy.Ruling;
import dev.postern.policy.Situation.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything Postern knows of one held message, as of one version of the row.
 *
 * @param id its name
 * @param state how far it has come
 * @param version grows with every change
 * @param hold what the mail system calls it
 * @param gateway who held it, for "held at"
 * @param receivedAt when the mail system took it
 * @param envelope what the SMTP client said
 * @param message what the message says of itself; hostile
 * @param rawKept whether the octets are in the store
 * @param evidence what was found; empty before it was examined
 * @param digest of that evidence
 * @param ruling what the policy said
 * @param stage the newest stage, open or closed
 * @param votes those of that stage
 * @param decision what is to become of it
 * @param outcome what the mail system proved, newest attempt
 * @param trouble why an effect failed or is late, in own words; empty without
 * @param caution what whoever decides must know as long as the message is held, in own words; empty
 *     without
 * @param changedAt when the row last changed
 * @param report what the gateway found by its own rules, where it told; hostile
 * @param context what else the policy knew when it ruled; empty before, and in cases of versions
 *     that did not keep it
 */
public record CaseFile(
    CaseId id,
    CaseState state,
    long version,
    HoldRef hold,
    String gateway,
    Instant receivedAt,
    Envelope envelope,
    MessageSummary message,
    boolean rawKept,
    Optional<Evidence> evidence,
    Optional<Digest> digest,
    Optional<Ruling> ruling,
    Optional<Stage> stage,
    List<Vote> votes,
    Optional<Decision> decision,
    Optional<Outcome> outcome,
    String trouble,
    String caution,
    Instant changedAt,
    Optional<GatewayReport> report,
    Optional<Context> context) {

  /** Copies the list, so that a case file never changes. */
  public CaseFile {
    votes = List.copyOf(votes);
  }

  /** Caution and trouble together; empty when there is neither. */
  public String warning() {
    return state.held() ? (caution + " " + trouble).strip() : trouble;
  }

  /** The chain that the policy named; empty for the usual one. */
  String chain() {
    return ruling.map(r -> r.action() instanceof Action.Ask ask ? ask.chain() : "").orElse("");
  }

  /** The same with evidence that was kept just now. */
  CaseFile examined(Evidence found, Digest of) {
    return new CaseFile(
        id,
        state,
        version,
        hold,
        gateway,
        receivedAt,
        envelope,
        message,
        rawKept,
        Optional.of(found),
        Optional.of(of),
        ruling,
        stage,
        votes,
        decision,
        outcome,
        trouble,
        caution,
        changedAt,
        report,
        context);
  }

  /** What is asked for, in a case that is about no message. */
  public Optional<Petition> petition() {
    return evidence.flatMap(Petition::of);
  }

  /** The stage that is to ask people as soon as it is known who they are. */
  public Optional<Stage> waitingStage() {
    return stage.filter(Stage::waits);
  }

  /** Whether people are asked, or will be. */
  public boolean asking() {
    return openStage().or(this::waitingStage).isPresent();
  }

  /** The stage that people can vote on now. */
  public Optional<Stage> openStage() {
    return stage.filter(s -> s.state() == Stage.State.OPEN);
  }
}
