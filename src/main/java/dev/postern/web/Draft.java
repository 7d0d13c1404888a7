package dev.postern.web;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Vote;
import dev.postern.mail.EmailAddress;
import dev.postern.web.BallotForm.FormProblem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What stands in a decision form before the person touches it, or as they left it.
 *
 * @param ticked positions of recipients in the envelope, from 1
 * @param later whether it is to hold for later messages, too
 * @param reason the words typed
 * @param problem what to mend
 */
record Draft(Set<Integer> ticked, boolean later, String reason, FormProblem problem) {
  Draft {
    ticked = Set.copyOf(ticked);
  }

  /**
   * A fresh form: everybody ticked, or exactly those an earlier vote of the stage was for, since
   * only equal choices add up. Nobody says anything of later messages without ticking it.
   */
  static Draft fresh(CaseFile file) {
    List<EmailAddress> all = file.envelope().recipients();
    Set<EmailAddress> wanted = new HashSet<>(all);
    for (Vote vote : file.votes()) {
      if (vote.choice() instanceof Choice.ReleaseTo some) {
        wanted.retainAll(some.recipients());
      }
    }
    Set<Integer> ticked =
        IntStream.rangeClosed(1, all.size())
            .filter(n -> wanted.contains(all.get(n - 1)))
            .boxed()
            .collect(Collectors.toSet());
    return new Draft(ticked, false, "", FormProblem.NONE);
  }

  Draft with(FormProblem found) {
    return new Draft(ticked, later, reason, found);
  }
}
