package dev.postern.app;

import dev.postern.app.command.CommandFailure;
import dev.postern.app.command.CommandLineTool;
import dev.postern.app.command.Terminal;
import dev.postern.app.settings.Settings;
import dev.postern.dns.DnsJavaResolver;
import dev.postern.evidence.Dns;
import java.net.InetSocketAddress;

/** The program. */
public final class Postern {
  private Postern() {}

  /** Runs the command that the arguments name and ends the process with its exit code. */
  public static void main(String[] args) {
    CommandLineTool tool =
        new CommandLineTool(
            Terminal.ofProcess(),
            (_, _, _) -> {
              throw CommandFailure.unavailable("the service is not wired yet");
            },
            Postern::nameServers);
    System.exit(tool.run(args));
  }

  private static Dns nameServers(Settings.Resolvers settings) {
    return new DnsJavaResolver(
        settings.servers().stream()
            .map(server -> new InetSocketAddress(server.host(), server.port()))
            .toList());
  }
}
