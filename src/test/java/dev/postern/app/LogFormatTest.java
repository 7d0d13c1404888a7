package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.read.ListAppender;
import dev.postern.app.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The logging set-up of the product; the tests themselves run with another one. */
class LogFormatTest {
  private static final String OURS = "dev.postern.intake.Smtp";

  /** What the set-up would write for these events, line by line. */
  private static List<String> written(boolean json, String logger, Consumer<Logger> events) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    LogFormat.apply(context, new Settings.Log(json, "info"));
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    Appender<ILoggingEvent> console = root.getAppender("console");
    assertThat(console).isInstanceOf(ConsoleAppender.class);
    ConsoleAppender<ILoggingEvent> real = (ConsoleAppender<ILoggingEvent>) console;
    assertThat(real.getTarget()).isEqualTo("System.err");
    Encoder<ILoggingEvent> encoder = real.getEncoder();
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    heard.start();
    root.detachAppender(console);
    root.addAppender(heard);
    events.accept(context.getLogger(logger));
    StringBuilder text = new StringBuilder();
    heard.list.forEach(e -> text.append(new String(encoder.encode(e), StandardCharsets.UTF_8)));
    context.stop();
    return text.toString().lines().toList();
  }

  private static void held(Logger log) {
    log.atInfo().addKeyValue("case", "PN-7F3K-2QXD").addKeyValue("hold", "a\"b").log("held");
  }

  @Test
  void anEventIsOneLineOfWordsAndKeys() {
    assertThat(written(false, OURS, LogFormatTest::held))
        .singleElement()
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z INFO  held case=\"PN-7F3K-2QXD\" hold=.*")
        .contains("logger=Smtp");
  }

  @Test
  void anEventIsOneJsonObjectWithItsKeysBesideTheMessage() {
    assertThat(written(true, OURS, LogFormatTest::held))
        .singleElement()
        .asString()
        .startsWith("{\"timestamp\":\"")
        .contains("\"message\":\"held\"", "\"case\":\"PN-7F3K-2QXD\"", "\"hold\":\"a\\\"b\"");
  }

  @Test
  void hostileTextCannotBeginALineOrSteerATerminal() {
    for (String hostile :
        List.of("x\nINFO forged", "x\r\ny", "x\u001b[2Jy", "x\u2028y", "x\u0085y")) {
      Consumer<Logger> event = log -> log.atInfo().addKeyValue("hold", hostile).log("held");
      assertThat(written(false, OURS, event))
          .singleElement()
          .asString()
          .contains("hold=\"x | ")
          .doesNotContain("\u001b");
    }
  }

  @Test
  void aStackTraceStaysOnTheLineOfItsEvent() {
    Consumer<Logger> event = log -> log.error("failed", new IllegalStateException("boom\nagain"));
    assertThat(written(false, OURS, event)).hasSize(1);
    assertThat(written(true, OURS, event)).hasSize(1);
  }

  @Test
  void theLevelIsThatOfTheSetting() {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    LogFormat.apply(context, new Settings.Log(false, "debug"));
    assertThat(context.getLogger(OURS).isDebugEnabled()).isTrue();
    LogFormat.apply(context, new Settings.Log(false, "error"));
    assertThat(context.getLogger(OURS).isWarnEnabled()).isFalse();
    context.stop();
  }

  @Test
  void librariesAreHeardOnlyWhenTheyWarn() {
    Consumer<Logger> events =
        log -> {
          log.info("started");
          log.warn("trouble");
        };
    assertThat(written(false, "org.eclipse.jetty.Server", events))
        .singleElement()
        .asString()
        .contains("trouble");
  }
}
