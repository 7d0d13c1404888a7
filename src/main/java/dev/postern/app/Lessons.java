package dev.postern.app;

import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.mail.RawMessage;
import dev.postern.quarantine.rspamd.RspamdTeacher;
import dev.postern.quarantine.rspamd.RspamdTeacher.Kind;
import dev.postern.quarantine.rspamd.RspamdTeacher.Lesson;
import dev.postern.store.Story;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has rspamd learn from what people decided, once the mail system has proved it. Waits for nobody
 * and is waited for by nobody: what is lost on the way is only told, for what a case comes to does
 * not hang on it.
 */
final class Lessons implements Story, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lessons.class);

  /** Names of cases, not messages: those are read one at a time. */
  private static final int MOST_WAITING = 1000;

  private final Function<CaseId, Optional<CaseFile>> cases;
  private final Function<CaseId, Optional<RawMessage>> octets;
  private final RspamdTeacher teacher;
  private final ExecutorService one =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("rspamd-lessons").factory());

  Lessons(
      Function<CaseId, Optional<CaseFile>> cases,
      Function<CaseId, Optional<RawMessage>> octets,
      RspamdTeacher teacher) {
    this.cases = cases;
    this.octets = octets;
    this.teacher = teacher;
  }

  @Override
  public void tell(Line line) {
    if (line.what().equals("effect.proved") && line.caseId().isPresent()) {
      CaseId id = line.caseId().get();
      try {
        one.execute(() -> learn(id));
      } catch (RejectedExecutionException full) {
        LOG.warn("rspamd was not told case={} why=it is too slow, or Postern stops", id);
      }
    }
  }

  private void learn(CaseId id) {
    try {
      cases
          .apply(id)
          .flatMap(CaseFile::decision)
          .filter(decision -> decision.by() == Decision.By.PEOPLE)
          .ifPresent(decision -> teach(id, kind(decision.choice())));
    } catch (RuntimeException storeIsAway) {
      LOG.warn("rspamd was not told case={} why={}", id, storeIsAway.getMessage());
    }
  }

  private static Kind kind(Choice choice) {
    return switch (choice) {
      case Choice.ReleaseAll _, Choice.ReleaseTo _ -> Kind.HAM;
      case Choice.Discard _ -> Kind.SPAM;
    };
  }

  private void teach(CaseId id, Kind kind) {
    Optional<RawMessage> raw = octets.apply(id);
    if (raw.isEmpty()) {
      LOG.info("rspamd was not told case={} why=its content is not in the store", id);
      return;
    }
    Lesson lesson = teacher.teach(kind, raw.get());
    if (lesson.learned()) {
      LOG.info("rspamd learned case={} as={} said={}", id, kind, lesson.words());
    } else {
      LOG.warn(
          "rspamd did not learn case={} as={} said={}; it is not told again",
          id,
          kind,
          lesson.words());
    }
  }

  @Override
  public void close() {
    one.shutdownNow();
    teacher.close();
  }
}
