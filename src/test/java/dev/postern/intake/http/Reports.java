package dev.postern.intake.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.mail.MessageSummary;
import dev.postern.mail.RawMessage;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Requests as a gateway makes them: octets, forms, signatures. */
final class Reports {
  static final String ENVELOPE =
      "{'mailFrom':'a@b.example','recipients':['c@d.example','e@d.example'],"
          + "'clientIp':'2001:db8::1','helo':'mx.b.example'}";
  static final String MESSAGE =
      "{'from':'a@b.example','subject':'Invoice','messageId':'<1@b.example>','date':'today',"
          + "'size':1234}";
  static final String GOOD =
      "{'source':'gateway','id':'Q-17','envelope':" + ENVELOPE + ",'message':" + MESSAGE + "}";

  private Reports() {}

  static void part(ByteArrayOutputStream form, String name, byte[] content) {
    form.writeBytes(
        ("--B0undary\r\nContent-Disposition: form-data; name=\""
                + name
                + "\"; filename=\"f\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n")
            .getBytes(UTF_8));
    form.writeBytes(content);
    form.writeBytes("\r\n".getBytes(UTF_8));
  }

  static byte[] bytes(String body) {
    return doubleQuoted(body).getBytes(UTF_8);
  }

  static String doubleQuoted(String body) {
    return body.replace('\'', '"');
  }

  static String header(byte[] secret, Instant at, byte[] body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    mac.update((at.getEpochSecond() + ".").getBytes(UTF_8));
    return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
  }

  static byte[] reportWithoutMessage() {
    return bytes("{'source':'gateway','id':'Q-17','envelope':" + ENVELOPE + "}");
  }

  static MessageSummary summary(RawMessage raw) {
    return new MessageSummary(
        "", "", "", "read from " + raw.size(), "", "", raw.size(), List.of(), List.of());
  }
}
