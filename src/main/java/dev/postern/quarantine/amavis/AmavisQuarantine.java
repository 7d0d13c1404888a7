package dev.postern.quarantine.amavis;

import dev.postern.approval.Ability;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.approval.Quarantine;
import dev.postern.mail.EmailAddress;
import dev.postern.quarantine.amavis.AmPdp.Attribute;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * amavis's quarantine of files. A release is asked for by AM.PDP, by name of each recipient, and
 * proved by the next hop's reply for each; then the file is deleted, which amavis keeps. amavis
 * does not remember what it released, so the file is renamed before it is asked: what was cut off
 * behind that is not repeated, people are asked.
 */
public final class AmavisQuarantine implements Quarantine {
  private static final Logger LOG = LoggerFactory.getLogger(AmavisQuarantine.class);
  private static final String TAKEN_OVER = "another process has taken this over";

  private final AmavisParts parts;

  /** Takes the ways to amavis. */
  public AmavisQuarantine(AmavisParts parts) {
    this.parts = parts;
  }

  @Override
  public Outcome release(CaseFile held, List<EmailAddress> to, Mandate mandate) {
    String marked = QuarantineFolder.asked(held.hold().id());
    List<Attribute> request;
    try {
      String file = there(held.hold().id());
      // The beginning has all that names it; the rest is amavis's business.
      Optional<QuarantinedMail> found =
          parts.folder().beginning(file).flatMap(it -> QuarantinedMail.read(it.message()));
      if (found.isEmpty()) {
        return missing(file, to);
      }
      request = new ArrayList<>(AmavisParts.request(found.get().mailId(), marked));
      if (!mandate.stands()) {
        return Outcome.forAll(to, Kind.TEMP_FAIL, TAKEN_OVER);
      }
      if (!file.equals(marked)) {
        parts.folder().rename(file, marked);
      }
    } catch (MailSystemTrouble trouble) {
      return Outcome.forAll(to, Kind.TEMP_FAIL, trouble.words());
    }
    to.forEach(r -> request.add(new Attribute("recipient", "<" + r + ">")));
    Outcome outcome = asked(held, to, request, mandate);
    boolean nobody =
        outcome.results().stream().noneMatch(r -> r.kind().proof() || r.kind() == Kind.UNCERTAIN);
    // The mark may be that of the process that has taken this over.
    if (nobody && mandate.stands()) {
      unmark(held.hold().id());
    }
    return outcome;
  }

  /** The name that the file has now; its own where it has none. */
  private String there(String name) {
    String marked = QuarantineFolder.asked(name);
    return QuarantineFolder.isName(name) && parts.folder().has(marked) ? marked : name;
  }

  /** Nobody got it, and it may be asked for again. */
  private void unmark(String name) {
    try {
      parts.folder().rename(QuarantineFolder.asked(name), name);
    } catch (MailSystemTrouble trouble) {
      LOG.warn("hold={} keeps its mark: {}", name, trouble.words());
    }
  }

  private Outcome asked(
      CaseFile held, List<EmailAddress> to, List<Attribute> request, Mandate mandate) {
    return switch (parts.releasing().ask(request, mandate)) {
      case AmPdp.Answer.NotAsked not -> Outcome.forAll(to, Kind.TEMP_FAIL, not.words());
      case AmPdp.Answer.Unsure unsure -> Outcome.forAll(to, Kind.UNCERTAIN, unsure.words());
      case AmPdp.Answer.Said said when said.failed() -> failed(held, to, said.replies());
      case AmPdp.Answer.Said said -> ended(held, replied(held, to, said.replies()));
    };
  }

  private Outcome missing(String file, List<EmailAddress> to) {
    return parts.folder().has(file)
        ? Outcome.forAll(to, Kind.PERM_FAIL, "the file has no fields of amavis at its top")
        : Outcome.forAll(to, Kind.NOT_FOUND, "it is not in the quarantine any more");
  }

  /**
   * amavis replies for each in the order in which it was asked, and names nobody. Whom it adds
   * itself, by $always_bcc, comes last.
   */
  private static Outcome replied(CaseFile held, List<EmailAddress> to, List<String> replies) {
    if (replies.size() < to.size()) {
      return Outcome.forAll(
          to,
          Kind.UNCERTAIN,
          "amavis replied " + replies.size() + " times for " + to.size() + " recipients");
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < to.size(); i++) {
      AmavisReply reply = AmavisReply.of(replies.get(i));
      results.add(new Result(to.get(i), reply.kind(), reply.words()));
      if (reply.kind() == Kind.UNCERTAIN) {
        warn(held, replies.get(i));
      }
    }
    return new Outcome(results);
  }

  /** Its words have paths of the server: they are for its administrator. */
  private static Outcome failed(CaseFile held, List<EmailAddress> to, List<String> replies) {
    String words = replies.isEmpty() ? "" : replies.getFirst();
    warn(held, words);
    AmavisRefusal refusal = AmavisRefusal.of(words);
    return Outcome.forAll(to, refusal.kind(), refusal.words());
  }

  private static void warn(CaseFile held, String words) {
    LOG.warn(
        "case={} hold={} amavis: {}", held.id(), held.hold().id(), AmavisReply.shortened(words));
  }

  /** Once everybody has it who is to get it, the file goes. */
  private Outcome ended(CaseFile held, Outcome outcome) {
    boolean settled =
        outcome.results().stream().allMatch(r -> r.kind().proof() || r.kind() == Kind.PERM_FAIL);
    boolean anybody =
        !outcome.proved().results().isEmpty()
            || held.outcome().filter(o -> !o.proved().results().isEmpty()).isPresent();
    if (!settled || !anybody) {
      return outcome;
    }
    return tidied(held, outcome);
  }

  private Outcome tidied(CaseFile held, Outcome outcome) {
    try {
      parts.folder().delete(there(held.hold().id()));
      return outcome;
    } catch (MailSystemTrouble trouble) {
      LOG.warn("case={} is not deleted yet: {}", held.id(), trouble.words());
      return outcome.leaving("its file is not deleted from the quarantine of amavis yet");
    }
  }

  @Override
  public Outcome tidy(CaseFile held, Mandate mandate) {
    return mandate.stands() ? tidied(held, Outcome.none()) : Outcome.none();
  }

  @Override
  public Outcome discard(CaseFile held, Mandate mandate) {
    List<EmailAddress> all = held.envelope().recipients();
    if (!mandate.stands()) {
      return Outcome.forAll(all, Kind.TEMP_FAIL, TAKEN_OVER);
    }
    try {
      return parts.folder().delete(there(held.hold().id()))
          ? Outcome.forAll(all, Kind.DISCARDED, "deleted from the quarantine of amavis")
          : Outcome.forAll(all, Kind.NOT_FOUND, "it is not in the quarantine any more");
    } catch (MailSystemTrouble trouble) {
      return Outcome.forAll(all, Kind.TEMP_FAIL, trouble.words());
    }
  }

  /** A file with the mark may have been released, and one that is gone may have been deleted. */
  @Override
  public Standing standing(CaseFile held) {
    String name = held.hold().id();
    if (parts.folder().has(name)) {
      return Standing.HELD;
    }
    Optional<Choice> decided = held.decision().map(Decision::choice);
    if (decided.filter(choice -> !(choice instanceof Choice.Discard)).isPresent()) {
      return Standing.UNKNOWN;
    }
    return parts.folder().has(there(name)) ? Standing.HELD : Standing.GONE;
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.PARTIAL_RELEASE, Ability.DISCARD);
  }

  @Override
  public Optional<String> trouble() {
    return new AmavisCheck(parts).trouble();
  }
}
