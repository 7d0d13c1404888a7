package dev.postern.intake.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Reads what a server proves its name with. */
public final class ServerKey {
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private ServerKey() {}

  /**
   * What TLS needs.
   *
   * @param chain file with our certificate and those that lead to an authority, in PEM
   * @param key our key in PEM, PKCS #8, not encrypted
   * @throws IllegalArgumentException saying what is wrong and how to mend it, never with the key
   */
  public static SSLContext read(Path chain, String key) {
    try (InputStream in = Files.newInputStream(chain)) {
      Certificate[] certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(new Certificate[0]);
      if (certificates.length == 0) {
        throw new IllegalArgumentException(
            chain + " has no certificate: it must hold -----BEGIN CERTIFICATE-----");
      }
      return context(certificates, privateKey(key));
    } catch (IOException | GeneralSecurityException unread) {
      throw new IllegalArgumentException(
          chain + " and the key cannot be used: " + unread.getMessage(), unread);
    }
  }

  private static SSLContext context(Certificate[] chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    if (!belong(key, chain[0].getPublicKey())) {
      throw new IllegalArgumentException("the key is not that of the first certificate");
    }
    char[] none = new char[0];
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, none);
    store.setKeyEntry("server", key, none, chain);
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, none);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  /** Whether what the one signs, the other proves. */
  private static boolean belong(PrivateKey key, PublicKey its) throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(its.getAlgorithm())) {
      return false;
    }
    byte[] words = "is this its key?".getBytes(StandardCharsets.US_ASCII);
    Signature signature =
        Signature.getInstance("SHA256with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : "RSA"));
    signature.initSign(key);
    signature.update(words);
    byte[] signed = signature.sign();
    signature.initVerify(its);
    signature.update(words);
    return signature.verify(signed);
  }

  private static PrivateKey privateKey(String pem) {
    Matcher found = PKCS8.matcher(pem);
    if (!found.find()) {
      throw new IllegalArgumentException(
          "the key must begin with -----BEGIN PRIVATE KEY-----: openssl pkcs8 -topk8 -nocrypt -in"
              + " KEY turns others into it");
    }
    byte[] octets = Base64.getMimeDecoder().decode(found.group(1));
    for (String algorithm : List.of("RSA", "EC")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(octets));
      } catch (GeneralSecurityException another) {
        // Without its cause below: that may quote the key.
      }
    }
    throw new IllegalArgumentException("the key is neither RSA nor EC");
  }
}
