package dev.postern.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;

/**
 * Style sheets, scripts and the icon. Read once; each is served below a name that carries its hash,
 * so that browsers may keep it for ever and a new version is never mistaken for an old one.
 */
public final class Assets {
  private static final String HTMX_VERSION =
      "META-INF/maven/org.webjars.npm/htmx.org/pom.properties";

  private final Map<String, Asset> byPlainName = new HashMap<>();
  private final Map<String, Asset> byHashedName = new HashMap<>();

  /** One file. */
  private static final class Asset {
    private final byte[] octets;
    private final String type;
    private final String hashedName;
    private final String integrity;

    private Asset(byte[] octets, String type, String hashedName, String integrity) {
      this.octets = octets;
      this.type = type;
      this.hashedName = hashedName;
      this.integrity = integrity;
    }
  }

  /** Reads all files from the class path. */
  Assets() {
    add("design-tokens.css", "text/css", read("web/design-tokens.css"));
    add("app.css", "text/css", read("web/app.css"));
    add("app.js", "text/javascript", read("web/app.js"));
    add("icon.svg", "image/svg+xml", read("web/icon.svg"));
    add("htmx.js", "text/javascript", read(htmx()));
  }

  /** Where a page finds the file. */
  public String path(String name) {
    return "/assets/" + named(name).hashedName;
  }

  /** What the browser must find there (Subresource Integrity). */
  public String integrity(String name) {
    return named(name).integrity;
  }

  private Asset named(String name) {
    Asset asset = byPlainName.get(name);
    if (asset == null) {
      throw new IllegalArgumentException("no asset " + name);
    }
    return asset;
  }

  /** Answers with the file; false when there is none of that name. */
  boolean serve(Context ctx, String hashedName) {
    Asset asset = byHashedName.get(hashedName);
    if (asset == null) {
      return false;
    }
    ctx.contentType(asset.type).result(asset.octets);
    ctx.header("Cache-Control", "public, max-age=31536000, immutable");
    return true;
  }

  private void add(String name, String type, byte[] octets) {
    int dot = name.lastIndexOf('.');
    String hash = HexFormat.of().formatHex(digest("SHA-256", octets)).substring(0, 12);
    String hashedName = name.substring(0, dot) + "." + hash + name.substring(dot);
    String integrity = "sha384-" + Base64.getEncoder().encodeToString(digest("SHA-384", octets));
    Asset asset = new Asset(octets, type, hashedName, integrity);
    byPlainName.put(name, asset);
    byHashedName.put(hashedName, asset);
  }

  /** The version is the library's own word, so that an update of it needs no change here. */
  private static String htmx() {
    Properties library = new Properties();
    try (InputStream in = resource(HTMX_VERSION)) {
      library.load(in);
    } catch (IOException brokenJar) {
      throw new UncheckedIOException(brokenJar);
    }
    String version = library.getProperty("version");
    return "META-INF/resources/webjars/htmx.org/" + version + "/dist/htmx.min.js";
  }

  private static byte[] read(String path) {
    try (InputStream in = resource(path)) {
      return in.readAllBytes();
    } catch (IOException brokenJar) {
      throw new UncheckedIOException(brokenJar);
    }
  }

  private static InputStream resource(String path) {
    InputStream in = Assets.class.getClassLoader().getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException("missing from the class path: " + path);
    }
    return in;
  }

  private static byte[] digest(String algorithm, byte[] octets) {
    try {
      return MessageDigest.getInstance(algorithm).digest(octets);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
