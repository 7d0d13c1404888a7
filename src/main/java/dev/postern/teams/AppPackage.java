package dev.postern.teams;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The app as Teams takes it: a ZIP file of the manifest (schema 1.29) and two icons
 * (learn.microsoft.com, "App package").
 */
public final class AppPackage {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The earliest time that ZIP knows, so that the same settings give the same octets. */
  private static final long NO_TIME = 315_532_800_000L;

  private static final Pattern NUMBERS = Pattern.compile("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}");

  private AppPackage() {}

  /**
   * The file.
   *
   * @param appId {@code teams.app-id}: of the bot, and of the package as well
   * @param publicUrl {@code http.public-url}, to be shown as the developer's address
   * @param version of this build; Teams offers an update where it is higher than before
   * @throws IllegalArgumentException where the address is none which Teams takes
   */
  public static byte[] of(String appId, URI publicUrl, String version) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(octets)) {
      byte[] manifest =
          JSON.writerWithDefaultPrettyPrinter()
              .writeValueAsBytes(manifest(appId, publicUrl, version));
      put(zip, "manifest.json", manifest);
      put(zip, "color.png", resource("color.png"));
      put(zip, "outline.png", resource("outline.png"));
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return octets.toByteArray();
  }

  /** The manifest alone. */
  static ObjectNode manifest(String appId, URI publicUrl, String version) {
    if (!"https".equals(publicUrl.getScheme()) || publicUrl.getHost() == null) {
      throw new IllegalArgumentException(
          "http.public-url must begin with https://: Teams reaches Postern there, and shows it");
    }
    try {
      ObjectNode manifest = (ObjectNode) JSON.readTree(resource("manifest.json"));
      manifest.put("id", appId).put("version", digits(version));
      manifest.withArray("bots").forEach(bot -> ((ObjectNode) bot).put("botId", appId));
      manifest
          .withArray("composeExtensions")
          .forEach(extension -> ((ObjectNode) extension).put("botId", appId));
      ObjectNode developer = (ObjectNode) manifest.path("developer");
      for (String page : new String[] {"websiteUrl", "privacyUrl", "termsOfUseUrl"}) {
        developer.put(page, publicUrl.toString());
      }
      manifest.withArray("validDomains").add(publicUrl.getHost());
      return manifest;
    } catch (IOException defect) {
      throw new UncheckedIOException(defect);
    }
  }

  /** Teams takes three numbers; which a build is before its release, it has no word for. */
  private static String digits(String version) {
    Matcher numbers = NUMBERS.matcher(version);
    return numbers.lookingAt() ? numbers.group() : "1.0.0";
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(NO_TIME);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream file = AppPackage.class.getResourceAsStream("app/" + name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    }
  }
}
