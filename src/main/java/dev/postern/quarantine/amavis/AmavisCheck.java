package dev.postern.quarantine.amavis;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.card.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks over how amavis is set up, and says what to mend. Changes nothing. */
public final class AmavisCheck {
  /** A file that no amavis has: what it says of it tells whether it would release one. */
  private static final String NOTHING = "postern/check-nothing";

  private static final Pattern LOOKED_FOR =
      Pattern.compile(".*File (/.*)/" + NOTHING + " does not.*");
  private static final String PAGE = "see docs/mail/amavis.md";

  private final AmavisParts parts;

  /** Takes the ways to amavis. */
  public AmavisCheck(AmavisParts parts) {
    this.parts = parts;
  }

  /** Everything, in the order in which to mend it. */
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(folder());
    findings.add(release());
    return findings;
  }

  /** What keeps it from working; empty when nothing does. amavis is not bothered for it. */
  Optional<String> trouble() {
    return parts.folder().trouble();
  }

  private Finding folder() {
    Optional<String> trouble = parts.folder().trouble();
    if (trouble.isPresent()) {
      return Finding.wrong(
          trouble.get(),
          "Nothing can be listed or discarded.",
          "adduser postern amavis, and chmod -R g+rwX on the folder, with umask 0007 for amavis");
    }
    try {
      return Finding.well(
          "the quarantine can be listed: " + parts.folder().lately().size() + " lately");
    } catch (MailSystemTrouble unlisted) {
      return Finding.wrong(unlisted.words(), "Nothing can be asked about.", PAGE);
    }
  }

  private Finding release() {
    AmPdp.Answer answer =
        parts
            .asking()
            .ask(AmavisParts.request("posterncheck", NOTHING), Mandate.ofThisConnection());
    return switch (answer) {
      case AmPdp.Answer.Said said ->
          heard(said.replies().isEmpty() ? "" : said.replies().getFirst());
      case AmPdp.Answer.NotAsked not ->
          Finding.wrong(
              not.words(), "Nothing can be released.", "set mail.amavis.release; " + PAGE);
      case AmPdp.Answer.Unsure unsure ->
          Finding.wrong(
              unsure.words(), "Does it speak AM.PDP there?", "set mail.amavis.release; " + PAGE);
    };
  }

  private Finding heard(String words) {
    Matcher form = LOOKED_FOR.matcher(words);
    if (!form.matches()) {
      AmavisRefusal refusal = AmavisRefusal.of(words);
      return Finding.wrong(refusal.words(), "Nothing can be released.", PAGE);
    }
    return same(Path.of(form.group(1)), parts.settings().quarantine())
        ? Finding.well("amavis takes requests to release")
        : Finding.wrong(
            "amavis keeps its quarantine in " + form.group(1),
            "It does not find what Postern names.",
            "set mail.amavis.quarantine to that folder");
  }

  private static boolean same(Path its, Path ours) {
    try {
      return its.toRealPath().equals(ours.toRealPath());
    } catch (IOException closed) {
      return its.normalize().equals(ours.normalize());
    }
  }
}
