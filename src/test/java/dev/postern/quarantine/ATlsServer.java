package dev.postern.quarantine;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.postern.mailsystem.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Answers "hello" to everybody who trusts its self-made certificate. */
final class ATlsServer implements AutoCloseable {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path pem;
  private final KeyStore keys;
  private final HttpsServer server;
  final AtomicInteger requests = new AtomicInteger();

  /**
   * @param host what the certificate names
   */
  ATlsServer(Path folder, String host) throws IOException, GeneralSecurityException {
    Path store = folder.resolve("keys.p12");
    pem = folder.resolve("certificate.pem");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> common = List.of("-keystore", store.toString(), "-storepass", "changeit");
    Programs.run(
            joined(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    "own",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + host,
                    "-ext",
                    "san=dns:" + host,
                    "-validity",
                    "2"),
                common))
        .orFail();
    Programs.run(
            joined(
                List.of(keytool, "-exportcert", "-rfc", "-alias", "own", "-file", pem.toString()),
                common))
        .orFail();
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, 5);
          exchange.getResponseBody().write("hello".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.start();
  }

  private static List<String> joined(List<String> first, List<String> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }

  /** Where it is, by this name. */
  URI at(String host) {
    return URI.create("https://" + host + ":" + server.getAddress().getPort());
  }

  Path certificate() {
    return pem;
  }

  String fingerprint() throws GeneralSecurityException {
    byte[] der = keys.getCertificate("own").getEncoded();
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
