package dev.postern.evidence.dkim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TEST ONLY. Makes the messages and the zone of {@code src/main/resources/samples} out of the
 * readable texts in {@code src/test/resources/samples-unsigned}. In a text, {@code @sign NAME}
 * stands where the signature goes: what is below it is signed, what is above was added on the way.
 * {@code @pdf a | b} becomes a PDF with these lines, {@code @key NAME} in the zone a key record.
 *
 * <p>The keys follow from public labels (see {@link TestKeys}) and both algorithms are
 * deterministic, so the same octets come out every time. To write them anew after a change:
 *
 * <pre>mvn test -Dtest=SampleForgeTest -Dsamples=write</pre>
 */
final class SampleForge {
  static final Path SAMPLES = Path.of("src", "main", "resources", "samples");
  private static final Path TEXTS = Path.of("src", "test", "resources", "samples-unsigned");
  private static final Pattern SIGN = Pattern.compile("(?m)^@sign (\\w+)\n");
  private static final Pattern PDF = Pattern.compile("(?m)^@pdf (.*)$");
  private static final Pattern KEY = Pattern.compile("@key (\\w+)");
  private static final Pattern DATE = Pattern.compile("(?m)^Date: (.*)$");

  private static final Map<String, TestSigner> SIGNERS =
      Map.of(
          "brightwater", signer("brightwater-supplies.example", "s2026", rsa("brightwater")),
          "lookalike", signer("xn--brightwter-supplies-wop.example", "k1", rsa("lookalike")),
          "northwind", signer("northwind.example", "nw1", rsa("northwind")),
          "mailer",
              signer("mailer.example", "e2026", rsa("mailer"))
                  .fields(TestSigner.USUAL_FIELDS + ":list-unsubscribe:list-unsubscribe-post"),
          "desk", signer("desk.example", "ed1", TestKeys.ed25519("postern sample desk")),
          "buecher", signer("xn--bcher-kva.example", "s1", rsa("buecher")));

  /** What somebody on the way put in place of the signed text. */
  private static final Map<String, List<String>> TAMPERED =
      Map.of(
          "05-tampered-invoice-note.eml",
          List.of("IE29 AIBK 9311 5212 3456 78", "DE02 1203 0000 0000 2020 51"));

  private SampleForge() {}

  /** File name to octets: every message and {@code zone.json}. */
  static SortedMap<String, byte[]> forge() throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (var texts = Files.list(TEXTS)) {
      for (Path text : texts.filter(t -> t.toString().endsWith(".txt")).toList()) {
        String file = text.getFileName().toString().replace(".txt", ".eml");
        files.put(file, message(file, Files.readString(text)));
      }
    }
    files.put("zone.json", zone().getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private static String zone() throws IOException {
    return KEY.matcher(Files.readString(TEXTS.resolve("zone.json")))
        .replaceAll(key -> signer(key.group(1)).record());
  }

  private static byte[] message(String file, String source) {
    String text = PDF.matcher(source).replaceAll(lines -> pdf(lines.group(1)));
    Matcher sign = SIGN.matcher(text);
    if (!sign.find()) {
      return crlf(text);
    }
    String below = text.substring(sign.end());
    TestSigner signer = signer(sign.group(1)).more("t=" + date(below) + "; ");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(crlf(text.substring(0, sign.start())));
    out.writeBytes(tampered(file, signer.sign(crlf(below))));
    return out.toByteArray();
  }

  private static byte[] tampered(String file, byte[] signed) {
    List<String> swap = TAMPERED.get(file);
    if (swap == null) {
      return signed;
    }
    String text = new String(signed, StandardCharsets.UTF_8);
    return text.replace(swap.getFirst(), swap.getLast()).getBytes(StandardCharsets.UTF_8);
  }

  private static String pdf(String lines) {
    byte[] pdf = TinyPdf.of(Arrays.stream(lines.split("\\|")).map(String::strip).toList());
    return Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(pdf);
  }

  private static long date(String message) {
    Matcher date = DATE.matcher(message);
    if (!date.find()) {
      throw new IllegalStateException("a sample without Date");
    }
    return ZonedDateTime.parse(date.group(1), DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond();
  }

  private static byte[] crlf(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private static TestSigner signer(String name) {
    TestSigner signer = SIGNERS.get(name);
    if (signer == null) {
      throw new IllegalStateException("no signer " + name);
    }
    return signer;
  }

  private static TestSigner signer(String domain, String selector, KeyPair keys) {
    return TestSigner.of(domain, selector, keys);
  }

  private static KeyPair rsa(String name) {
    return TestKeys.rsa("postern sample " + name, 2048);
  }
}
