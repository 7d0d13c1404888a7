package dev.postern.quarantine;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Puts TLS on a connection. Safe for any number of threads. */
final class Encryption {
  private final SSLContext checked;
  private final SSLContext unchecked;

  /**
   * Reads whom to trust.
   *
   * @param authorities certificates in PEM; without, those of the system
   * @throws IllegalArgumentException when the file cannot be read or has no certificate
   */
  Encryption(Optional<Path> authorities) {
    try {
      checked = context(trusted(authorities));
      unchecked = context(new TrustManager[] {new Anybody()});
    } catch (GeneralSecurityException | IOException unread) {
      throw new IllegalArgumentException(
          authorities.map(file -> file + " cannot be read as certificates in PEM: ").orElse("TLS: ")
              + unread.getMessage(),
          unread);
    }
  }

  /**
   * Shakes hands.
   *
   * @param check whether the server must have a certificate for this host (RFC 9525)
   * @throws HandshakeFailed when it has none, or no TLS in common with us
   */
  SSLSocket over(Socket plain, String host, int port, boolean check) throws HandshakeFailed {
    try {
      SSLContext context = check ? checked : unchecked;
      SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
      if (check) {
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
      }
      tls.startHandshake();
      if (check && tls.getSession().getPeerCertificates()[0] instanceof X509Certificate its) {
        // A certificate that is trusted itself is not asked for its age by the JDK.
        its.checkValidity();
      }
      return tls;
    } catch (IOException | CertificateException failed) {
      throw new HandshakeFailed(failed);
    }
  }

  private static SSLContext context(TrustManager[] trust) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust, null);
    return context;
  }

  private static TrustManager[] trusted(Optional<Path> authorities)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities.isPresent() ? store(authorities.get()) : null);
    return factory.getTrustManagers();
  }

  private static KeyStore store(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    Collection<? extends Certificate> all;
    try (InputStream in = Files.newInputStream(file)) {
      all = CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
    if (all.isEmpty()) {
      throw new IOException("it has none");
    }
    for (Certificate each : all) {
      store.setCertificateEntry("authority-" + store.size(), each);
    }
    return store;
  }

  /**
   * Whoever answers, is it: encryption without a proof keeps out who only listens, and the
   * alternative would be clear text.
   */
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new UnsupportedOperationException("we are the client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {
      throw new UnsupportedOperationException("we are the client");
    }

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, @Nullable SSLEngine engine) {
      throw new UnsupportedOperationException("we are the client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
