package dev.postern.teams;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/**
 * A self-signed certificate of a fresh key, as {@code openssl req -x509} makes one.
 *
 * @param certificate as Entra has it
 * @param pem as {@code teams.app-certificate} has it
 * @param keyPem as {@code teams.app-key} has it
 */
public record TestCertificate(X509Certificate certificate, String pem, String keyPem) {

  public static TestCertificate until(Instant end) {
    KeyPair pair = FakeEntra.pair();
    AlgorithmIdentifier rsa =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
    V3TBSCertificateGenerator wanted = new V3TBSCertificateGenerator();
    wanted.setSerialNumber(new ASN1Integer(BigInteger.valueOf(4711)));
    wanted.setSignature(rsa);
    wanted.setIssuer(new X500Name("CN=postern test"));
    wanted.setSubject(new X500Name("CN=postern test"));
    wanted.setStartDate(new Time(Date.from(end.minusSeconds(90L * 24 * 3600))));
    wanted.setEndDate(new Time(Date.from(end)));
    wanted.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    try {
      byte[] content = wanted.generateTBSCertificate().getEncoded();
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(content);
      ASN1EncodableVector parts = new ASN1EncodableVector();
      parts.add(wanted.generateTBSCertificate());
      parts.add(rsa);
      parts.add(new DERBitString(signature.sign()));
      byte[] whole = new DERSequence(parts).getEncoded();
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(whole));
      return new TestCertificate(
          certificate,
          pem("CERTIFICATE", whole),
          pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Octets as PEM. */
  public static String pem(String what, byte[] octets) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(octets);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, lines, what);
  }
}
