package dev.postern.app;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/** The form of the log: lines of text until the settings were read, then what they say. */
final class LogFormat {
  private LogFormat() {}

  /** Applies the setting {@code log.format} to everything that is logged from now on. */
  static void apply(boolean json) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      apply(context, json);
    }
  }

  static void apply(LoggerContext context, boolean json) {
    context.reset();
    context.putProperty("log.format", json ? "json" : "text");
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(Objects.requireNonNull(LogFormat.class.getResource("/logback.xml")));
    } catch (JoranException ourOwnFile) {
      throw new IllegalStateException(ourOwnFile);
    }
  }
}
