package dev.postern.quarantine;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whose certificate a service may show. */
public sealed interface HttpTrust {

  /** One of an authority that this machine knows. */
  record Usual() implements HttpTrust {}

  /**
   * One of these authorities, or one of these certificates themselves; it must name the host.
   *
   * @param pem file with certificates
   */
  record Authorities(Path pem) implements HttpTrust {}

  /**
   * This very certificate, whatever host it names and however long it is valid.
   *
   * @param sha256 of its DER form, in lower-case hexadecimal without colons
   */
  record Fingerprint(String sha256) implements HttpTrust {}

  /** What connections are made with; empty for the usual. */
  default Optional<SSLContext> context() throws IOException, GeneralSecurityException {
    return switch (this) {
      case Usual _ -> Optional.empty();
      case Authorities(Path pem) -> Optional.of(of(authorities(pem)));
      case Fingerprint(String sha256) -> Optional.of(of(new TrustManager[] {new Pinned(sha256)}));
    };
  }

  private static SSLContext of(TrustManager[] managers) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers, null);
    return context;
  }

  private static TrustManager[] authorities(Path pem) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (all.isEmpty()) {
        throw new CertificateException("no certificate in it");
      }
      int number = 0;
      for (Certificate one : all) {
        store.setCertificateEntry("ca" + number++, one);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** Extended, since the JDK would ask a plain one's certificate for the name of the host, too. */
  final class Pinned extends X509ExtendedTrustManager {
    private final byte[] expected;

    private Pinned(String sha256) {
      this.expected = HexFormat.of().parseHex(sha256);
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      try {
        byte[] shown = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
        if (!MessageDigest.isEqual(shown, expected)) {
          throw new CertificateException(
              "its certificate has the fingerprint " + HexFormat.of().formatHex(shown));
        }
      } catch (GeneralSecurityException unreadable) {
        throw unreadable instanceof CertificateException known
            ? known
            : new CertificateException(unreadable);
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("no clients here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
