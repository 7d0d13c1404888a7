package dev.postern.app;

import dev.postern.intake.rspamd.RspamdEndpoint;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.util.JavalinBindException;
import java.util.List;
import java.util.function.Consumer;

/** The one HTTP listener. Rooms bring their routes; this brings the socket and its bounds. */
final class HttpServer implements AutoCloseable {
  private static final long LARGEST_FORM = 1 << 20;

  private final Javalin javalin;
  private final String host;

  /** Listens at once on this address; port 0 takes a free one. */
  HttpServer(String host, int port, List<Consumer<RoutesConfig>> rooms) {
    this.host = host;
    this.javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.startupWatcherEnabled = false;
              config.concurrency.useVirtualThreads = true;
              // Bodies that Javalin itself reads: forms. Endpoints for mail count their own octets.
              config.http.maxRequestSize = LARGEST_FORM;
              config.jetty.modifyHttpConfiguration(
                  http -> {
                    http.setSendServerVersion(false);
                    http.setRequestHeaderSize(RspamdEndpoint.HEADER_OCTETS);
                  });
              rooms.forEach(room -> room.accept(config.routes));
            });
    try {
      javalin.start(host, port);
    } catch (JavalinBindException e) {
      throw new Unusable(
          "http port " + port + " on " + host + " is taken or not allowed: set http.port", e);
    }
  }

  /** The port that is listened on. */
  int port() {
    return javalin.port();
  }

  /** Where it is reached on this machine. */
  String url() {
    return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port();
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
