package dev.postern.quarantine;

import dev.postern.quarantine.JsonMail.Mail;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Reads one large message in a process of its own, and prints what came of it. */
public final class LargeMailReader {
  private LargeMailReader() {}

  /** Takes the address, and how many octets a message may have. */
  public static void main(String[] arguments) {
    HttpApi api =
        new HttpApi(URI.create(arguments[0]), new HttpTrust.Usual(), Duration.ofSeconds(60));
    JsonMail how = JsonMail.url("rawMessage", Integer.parseInt(arguments[1]));
    HttpReply<Mail> reply = api.get("/", Map.of(), how);
    String said =
        switch (reply) {
          case HttpReply.Answered<Mail> it when it.body().tooLarge() -> "too large";
          case HttpReply.Answered<Mail> it -> it.body().message().orElseThrow().sha256();
          case HttpReply.NotSent<Mail>(String why) -> why;
          case HttpReply.Unanswered<Mail>(String why) -> why;
        };
    System.out.println(said);
  }
}
