package dev.postern.app.command;

import dev.postern.policy.Precedent;
import dev.postern.policy.Precedents;
import java.io.Console;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** How far a long command has come: a bar on a terminal, and nothing anywhere else. */
final class Progress {
  private static final int WIDTH = 40;

  private final PrintStream out;
  private final boolean shown;
  private long of;
  private long done;
  private int percent = -1;

  Progress(PrintStream out, boolean shown) {
    this.out = out;
    this.shown = shown;
  }

  /** On standard error, if a person looks at it. */
  @SuppressWarnings("SystemConsoleNull")
  static Progress of(Terminal terminal) {
    // Which of the two says that nobody looks differs between versions of Java.
    @Nullable Console console = System.console();
    return new Progress(terminal.err(), console != null && console.isTerminal());
  }

  /** Begins, with about so much to do. */
  void begin(long much) {
    of = Math.max(much, 1);
  }

  /** One more is done. */
  void step() {
    done++;
    int now = (int) Math.min(100, 100 * done / of);
    if (shown && now != percent) {
      percent = now;
      int filled = WIDTH * now / 100;
      out.print("\r[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + now + " %");
      out.flush();
    }
  }

  /** Steps with each case that is taken. */
  Precedents.Taker around(Precedents.Taker taker) {
    return new Precedents.Taker() {
      @Override
      public void take(Precedent it) {
        taker.take(it);
        step();
      }

      @Override
      public void unreadable(String id, String why) {
        taker.unreadable(id, why);
        step();
      }
    };
  }

  /** Wipes the bar. */
  void end() {
    if (shown && percent >= 0) {
      out.print("\r" + " ".repeat(WIDTH + 9) + "\r");
      out.flush();
    }
  }
}
