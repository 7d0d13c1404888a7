package dev.postern.quarantine;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Private keys that prove to a login service who we are. */
public final class RsaKeys {
  private static final int SHORTEST_KEY = 2048;
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private RsaKeys() {}

  /**
   * Reads an unencrypted key in the form PKCS #8.
   *
   * @param setting where it was set, for sentences
   * @throws IllegalArgumentException naming the setting, what is wrong and how to mend it; never
   *     with the content
   */
  public static RSAPrivateKey parse(String pem, String setting) {
    Matcher found = PKCS8.matcher(pem);
    if (!found.find()) {
      throw new IllegalArgumentException(
          setting
              + " must hold an unencrypted key that begins with -----BEGIN PRIVATE KEY-----:"
              + " openssl pkcs8 -topk8 -nocrypt -in KEY turns others into it");
    }
    RSAPrivateKey key = read(found.group(1), setting);
    int bits = key.getModulus().bitLength();
    if (bits < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "%s has %d bits; it needs %d: make a new one".formatted(setting, bits, SHORTEST_KEY));
    }
    return key;
  }

  /** Without causes: those may quote the key. */
  private static RSAPrivateKey read(String base64, String setting) {
    byte[] octets;
    try {
      octets = Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException noBase64) {
      throw new IllegalArgumentException(
          setting
              + " is cut off or changed: what stands between its first and last line is no Base64;"
              + " copy the whole file again");
    }
    try {
      return (RSAPrivateKey)
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(octets));
    } catch (GeneralSecurityException unread) {
      throw new IllegalArgumentException(
          setting
              + " is no whole RSA key in the form PKCS #8: openssl pkcs8 -topk8 -nocrypt -in KEY"
              + " writes one");
    }
  }

  /**
   * A signed JSON Web Token.
   *
   * @throws IllegalStateException when the key cannot sign
   */
  public static String signed(JWSHeader header, JWTClaimsSet claims, RSAPrivateKey key) {
    SignedJWT token = new SignedJWT(header, claims);
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException unsigned) {
      throw new IllegalStateException("an RSA key cannot sign", unsigned);
    }
    return token.serialize();
  }
}
