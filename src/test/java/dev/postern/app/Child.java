package dev.postern.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.fake.Pause;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Postern as a process of its own, the way an operator runs it, on ports of its choice. */
public final class Child implements AutoCloseable {
  /** For short lives, of which the start is most. */
  public static final List<String> QUICK = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** The line that says that it can take work; its HTTP address, and the port of its SMTP. */
  public static final Pattern READY =
      Pattern.compile(
          "postern ready http=(http://127\\.0\\.0\\.1:[0-9]+) smtp=127\\.0\\.0\\.1:([0-9]+).*");

  private final Process process;
  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  /** The line that it printed when it was ready. */
  final String ready;

  /** Where its console is. */
  public final String url;

  /** The port of its SMTP entrance. */
  final int smtp;

  /** The one-time sign-in link of {@code try}; empty for {@code serve}. */
  final String link;

  private Child(Process process, Path folder, Matcher ready, String link) {
    this.process = process;
    this.folder = folder;
    this.ready = ready.group();
    this.url = ready.group(1);
    this.smtp = Integer.parseInt(ready.group(2));
    this.link = link;
  }

  /** The process of a command in this folder, not started yet. Its log is {@code log.txt} there. */
  public static ProcessBuilder process(
      List<String> flags, String command, Path folder, Map<String, String> settings) {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.add("--sun-misc-unsafe-memory-access=allow");
    all.add("--enable-native-access=ALL-UNNAMED");
    all.add("-Xmx256m");
    all.addAll(flags);
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), Postern.class.getName()));
    all.addAll(List.of(command.split(" ")));
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("log.txt").toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("POSTERN_"));
    builder.environment().put("POSTERN_DATA", folder.resolve("data").toString());
    builder.environment().put("POSTERN_HTTP_PORT", "0");
    builder.environment().put("POSTERN_MAIL_SMTP_LISTEN", "127.0.0.1:0");
    builder.environment().putAll(settings);
    return builder;
  }

  /** Starts a command in this folder and waits for its ready line. */
  public static Child start(String command, Path folder, Map<String, String> settings)
      throws IOException {
    ProcessBuilder builder = process(QUICK, command, folder, settings);
    Process process = builder.start();
    BufferedReader out = process.inputReader(UTF_8);
    String line = Optional.ofNullable(out.readLine()).orElse("");
    Matcher ready = READY.matcher(line);
    if (!ready.matches()) {
      process.destroyForcibly();
      throw new IOException(
          "no ready line but \"" + line + "\"; " + Files.readString(folder.resolve("log.txt")));
    }
    String link = command.equals("try") ? out.readLine() : "";
    return new Child(process, folder, ready, String.valueOf(link));
  }

  /** What it logged. */
  String log() throws IOException {
    return Files.readString(folder.resolve("log.txt"));
  }

  /** Sends a message with lines ended by CRLF; returns the reply to its end. */
  public String mail(String from, String to, String message) throws IOException {
    return mail(smtp, from, to, message);
  }

  /** Sends a message with lines ended by CRLF to this port; returns the reply to its end. */
  public static String mail(int port, String from, String to, String message) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      greeted(in);
      for (String line :
          List.of("HELO client.test", "MAIL FROM:<" + from + ">", "RCPT TO:<" + to + ">", "DATA")) {
        socket.getOutputStream().write((line + "\r\n").getBytes(UTF_8));
        greeted(in);
      }
      socket.getOutputStream().write((message + ".\r\n").getBytes(UTF_8));
      return String.valueOf(in.readLine());
    }
  }

  private static void greeted(BufferedReader in) throws IOException {
    String reply = String.valueOf(in.readLine());
    if (!reply.matches("[23][0-9]{2} .*")) {
      throw new IOException("the entrance answered " + reply);
    }
  }

  /** Asks with the operator's token. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Posts JSON with the operator's token. */
  public HttpResponse<String> post(String path, String json)
      throws IOException, InterruptedException {
    return http.send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) throws IOException {
    String token = Files.readString(folder.resolve("data/operator.token")).strip();
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token);
  }

  /** Asks until the answer holds this text, for half a minute at most. */
  public String await(String path, String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    String body = "";
    while (System.nanoTime() < end) {
      body = get(path).body();
      if (body.contains(text)) {
        return body;
      }
      Pause.betweenLooks();
    }
    throw new AssertionError(path + " never said " + text + " but " + body);
  }

  /** All values of a field in JSON text. */
  static List<String> values(String json, String field) {
    Matcher matcher = Pattern.compile("\"" + field + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    List<String> values = new ArrayList<>();
    while (matcher.find()) {
      values.add(matcher.group(1));
    }
    return values;
  }

  /** Its resident memory in octets. */
  long memory() throws IOException {
    Matcher rss =
        Pattern.compile("VmRSS:\\s+([0-9]+) kB")
            .matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
    return rss.find() ? Long.parseLong(rss.group(1)) * 1024 : 0;
  }

  /** SIGKILL, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM; the time until it was gone. */
  Duration terminate() throws InterruptedException {
    long begin = System.nanoTime();
    process.toHandle().destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
