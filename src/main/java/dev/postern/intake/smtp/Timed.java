package dev.postern.intake.smtp;

import java.io.IOException;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.internal.server.Command;
import org.subethamail.smtp.internal.server.CommandException;
import org.subethamail.smtp.internal.server.HelpMessage;
import org.subethamail.smtp.server.Session;

/**
 * A command after which the client has time for the next one.
 *
 * @param command what is done
 * @param patience how much time
 */
record Timed(Command command, Patience patience) implements Command {

  @Override
  public void execute(String line, Session session) throws IOException, DropConnectionException {
    patience.command(session);
    command.execute(line, session);
    patience.command(session);
  }

  @Override
  public HelpMessage getHelp() throws CommandException {
    return command.getHelp();
  }

  @Override
  public String getName() {
    return command.getName();
  }
}
