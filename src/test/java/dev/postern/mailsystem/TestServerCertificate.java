package dev.postern.mailsystem;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A self-signed certificate of a fresh key, for servers that tests start. Good for this run only.
 *
 * @param keys its pair
 * @param certificate who has it in a file of authorities, trusts it
 */
public record TestServerCertificate(KeyPair keys, X509Certificate certificate) {

  /** A certificate for {@code localhost} and {@code 127.0.0.1}, valid today. */
  public static TestServerCertificate forLoopback() {
    return of(
        Instant.now().plus(Duration.ofDays(1)),
        new GeneralName(GeneralName.dNSName, "localhost"),
        new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
  }

  /** A certificate for one name, valid today. */
  public static TestServerCertificate forName(String name) {
    return of(Instant.now().plus(Duration.ofDays(1)), new GeneralName(GeneralName.dNSName, name));
  }

  /** One for loopback that was good until yesterday. */
  public static TestServerCertificate expired() {
    return of(
        Instant.now().minus(Duration.ofDays(1)),
        new GeneralName(GeneralName.dNSName, "localhost"),
        new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
  }

  private static TestServerCertificate of(Instant end, GeneralName... names) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair pair = generator.generateKeyPair();
      AlgorithmIdentifier algorithm =
          new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      V3TBSCertificateGenerator wanted = new V3TBSCertificateGenerator();
      wanted.setSerialNumber(new ASN1Integer(BigInteger.valueOf(4711)));
      wanted.setSignature(algorithm);
      wanted.setIssuer(new X500Name("CN=Postern test key"));
      wanted.setSubject(new X500Name("CN=Postern test key"));
      wanted.setStartDate(new Time(Date.from(end.minus(Duration.ofDays(9)))));
      wanted.setEndDate(new Time(Date.from(end)));
      wanted.setSubjectPublicKeyInfo(
          SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
      wanted.setExtensions(extensions.generate());
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(wanted.generateTBSCertificate().getEncoded());
      ASN1EncodableVector parts = new ASN1EncodableVector();
      parts.add(wanted.generateTBSCertificate());
      parts.add(algorithm);
      parts.add(new DERBitString(signature.sign()));
      byte[] whole = new DERSequence(parts).getEncoded();
      return new TestServerCertificate(
          pair,
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(whole)));
    } catch (GeneralSecurityException | IOException broken) {
      throw new AssertionError(broken);
    }
  }

  /** What a server with this certificate needs. */
  public SSLContext server() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      char[] none = new char[0];
      store.setKeyEntry("server", keys.getPrivate(), none, new Certificate[] {certificate});
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(store, none);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException broken) {
      throw new AssertionError(broken);
    }
  }

  /** What a client needs that trusts it, and nobody else. */
  public SSLContext client() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("server", certificate);
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException broken) {
      throw new AssertionError(broken);
    }
  }

  /** The key as PEM (PKCS #8). */
  public String keyPem() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** Writes the certificate as PEM. */
  public Path certificateIn(Path folder) throws IOException {
    try {
      return Files.writeString(
          folder.resolve("test-certificate.pem"), pem("CERTIFICATE", certificate.getEncoded()));
    } catch (GeneralSecurityException broken) {
      throw new AssertionError(broken);
    }
  }

  /** Writes the key as PEM (PKCS #8). */
  public Path keyIn(Path folder) throws IOException {
    return Files.writeString(folder.resolve("test-key.pem"), keyPem());
  }

  private static String pem(String what, byte[] octets) {
    String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(octets);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, lines, what);
  }
}
