package dev.postern.app;

import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.mail.RawMessage;
import dev.postern.mailsystem.Programs;
import dev.postern.quarantine.rspamd.RspamdTeacher;
import dev.postern.quarantine.rspamd.ScriptedController;
import dev.postern.store.Story;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of the story is a lesson. */
class LessonsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Map<CaseId, CaseFile> cases = new ConcurrentHashMap<>();
  private ScriptedController controller;
  private Lessons lessons;

  @BeforeEach
  void start() throws IOException {
    controller = new ScriptedController();
    lessons =
        new Lessons(
            id -> Optional.ofNullable(cases.get(id)),
            id -> Optional.of(RawMessage.of(("Subject: " + id + "\r\n").getBytes(US_ASCII))),
            new RspamdTeacher(controller.settings(), PATIENCE));
  }

  @AfterEach
  void stop() {
    lessons.close();
    controller.close();
  }

  private CaseId told(String what, String id, CaseFile it) {
    CaseId name = new CaseId(id);
    cases.put(name, it);
    lessons.tell(new Story.Line(what, Optional.of(name), "postern", ""));
    return name;
  }

  @Test
  void whatPeopleDecidedAndTheMailSystemProvedIsTaughtOnce() {
    CaseFile byRule = aCase().decidedByRule(discard(), "no-dmarc").build();
    told("effect.proved", "PN-0000-0001", byRule);
    told("case.decided", "PN-0000-0002", aCase().decided(release()).build());
    told("effect.failed", "PN-0000-0003", aCase().decided(release()).build());
    told("effect.proved", "PN-0000-0004", aCase().decided(release()).build());
    told("effect.proved", "PN-0000-0005", aCase().decided(discard()).build());

    Programs.await("two lessons", PATIENCE, () -> controller.taught().size() >= 2);
    assertThat(controller.taught())
        .containsExactly(
            new ScriptedController.Lesson("/learnham", "Subject: PN-0000-0004\r\n"),
            new ScriptedController.Lesson("/learnspam", "Subject: PN-0000-0005\r\n"));
  }

  @Test
  void whatCannotBeTaughtHoldsNobodyUp() {
    controller.answering(500, "");
    told("effect.proved", "PN-0000-0001", aCase().decided(release()).build());
    lessons.tell(new Story.Line("effect.proved", Optional.empty(), "postern", ""));
    lessons.tell(
        new Story.Line("effect.proved", Optional.of(new CaseId("PN-0000-0009")), "postern", ""));
    told("effect.proved", "PN-0000-0002", aCase().decided(discard()).build());

    Programs.await("both were tried", PATIENCE, () -> controller.taught().size() >= 2);
    lessons.close();
    told("effect.proved", "PN-0000-0003", aCase().decided(release()).build());
    assertThat(controller.taught()).hasSize(2);
  }
}
