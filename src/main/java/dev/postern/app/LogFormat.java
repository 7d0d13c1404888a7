package dev.postern.app;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.postern.app.settings.Settings;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/** The form of the log: lines of text until the settings were read, then what they say. */
final class LogFormat {
  private LogFormat() {}

  /** Applies {@code log.format} and {@code log.level} to everything that is logged from now on. */
  static void apply(Settings.Log log) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      apply(context, log);
    }
  }

  static void apply(LoggerContext context, Settings.Log log) {
    context.reset();
    context.putProperty("log.format", log.json() ? "json" : "text");
    context.putProperty("log.level", log.level());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(Objects.requireNonNull(LogFormat.class.getResource("/logback.xml")));
    } catch (JoranException ourOwnFile) {
      throw new IllegalStateException(ourOwnFile);
    }
  }
}
