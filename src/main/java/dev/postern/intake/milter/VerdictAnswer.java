package dev.postern.intake.milter;

import dev.postern.approval.HoldRef;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.authres.ResultsWriter;
import dev.postern.intake.OwnFields;
import dev.postern.intake.SmtpReply;
import dev.postern.intake.VerdictWatch;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Words for the MTA, the log and the figures what became of a message. */
final class VerdictAnswer {
  private static final Logger log = LoggerFactory.getLogger(VerdictAnswer.class);

  private final MilterSettings settings;
  private final VerdictWatch watch;

  VerdictAnswer(MilterSettings settings, VerdictWatch watch) {
    this.settings = settings;
    this.watch = watch;
  }

  /** Writes all packets that end a message. */
  void write(
      Verdict verdict, MilterTransaction message, Terms terms, Macros macros, Answers answers) {
    switch (verdict) {
      case Verdict.Unjudged _ -> {
        edit(message, terms, answers);
        answers.proceed();
      }
      case Verdict.Pass(Evidence evidence, var grant) -> {
        edit(message, terms, answers);
        if (terms.mayEditFields() && grant.isPresent()) {
          answers.addOnTop(terms, OwnFields.GRANT, grant.get());
        }
        results(evidence, terms, macros, answers);
        answers.proceed();
      }
      case Verdict.Reject(String reason) -> answers.reply(new SmtpReply(550, "5.7.1 " + reason));
      case Verdict.Canary _ -> {
        edit(message, terms, answers);
        answers.quarantine("held as a canary of Postern").proceed();
      }
      case Verdict.Held held -> hold(held, message, terms, macros, answers);
      case Verdict.Trouble _ -> trouble(message, terms, answers);
    }
  }

  private void hold(
      Verdict.Held held, MilterTransaction message, Terms terms, Macros macros, Answers answers) {
    switch (settings.keeping()) {
      case MilterSettings.Keeping.InStore() -> answers.discard();
      case MilterSettings.Keeping.InQueue _ -> {
        edit(message, terms, answers);
        if (terms.mayEditFields()) {
          answers.addOnTop(terms, OwnFields.CASE, held.caseId().text());
        }
        results(held.evidence(), terms, macros, answers);
        answers.quarantine("held for approval as " + held.caseId()).proceed();
      }
    }
  }

  private void trouble(MilterTransaction message, Terms terms, Answers answers) {
    switch (settings.onTrouble()) {
      case TEMPFAIL ->
          answers.reply(new SmtpReply(451, "4.7.1 cannot be looked at now, try again later"));
      case HOLD -> {
        edit(message, terms, answers);
        answers.quarantine("held by Postern, which could not look at it").proceed();
      }
      case ACCEPT -> {
        edit(message, terms, answers);
        answers.proceed();
      }
    }
  }

  /** Nobody may speak in our name to those behind us. */
  private static void edit(MilterTransaction message, Terms terms, Answers answers) {
    if (terms.mayEditFields()) {
      message.ownFields().places().forEach(at -> answers.remove(at.name(), at.index()));
    }
  }

  private void results(Evidence evidence, Terms terms, Macros macros, Answers answers) {
    if (terms.mayEditFields() && settings.results().written()) {
      String authservId = MilterTransaction.authservId(settings, macros);
      answers.addOnTop(terms, OwnFields.RESULTS, ResultsWriter.write(authservId, evidence));
    }
  }

  /** One line of the log, once the MTA has its answer. */
  void tell(Verdict verdict, HoldRef ref, String queueId, Duration took) {
    watch.answered(verdict.word(), took);
    if (verdict instanceof Verdict.Trouble(String what)) {
      log.warn(
          "milter message not judged event=milter.trouble queue_id={} told={} why={}",
          SmtpReply.oneLine(queueId),
          settings.onTrouble(),
          what);
    } else {
      log.info(
          "milter message judged event=milter.judged queue_id={} source={} hold={} judgement={}"
              + " ms={}",
          SmtpReply.oneLine(queueId),
          ref.source(),
          SmtpReply.oneLine(ref.id()),
          verdict.word(),
          took.toMillis());
    }
  }
}
