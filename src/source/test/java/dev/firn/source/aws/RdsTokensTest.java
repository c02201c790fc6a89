package dev.firn.source.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

class RdsTokensTest {

  private static final String HOST = "shop.abc123.eu-west-1.rds.amazonaws.com";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-08-05T03:20:00Z"), ZoneOffset.UTC);

  @Test
  void theTokenIsARequestToConnectWithoutItsScheme() {
    String token = tokens().token(HOST, 5432, "firn");

    assertTrue(token.startsWith(HOST + ":5432/?Action=connect&DBUser=firn&"), token);
    assertTrue(token.contains("&X-Amz-Algorithm=AWS4-HMAC-SHA256"), token);
    assertTrue(token.contains("&X-Amz-Date=20260805T032000Z"), token);
    assertTrue(token.contains("&X-Amz-SignedHeaders=host"), token);
    assertTrue(token.contains("&X-Amz-Expires=900"), token);
    assertTrue(
        token.contains(
            "&X-Amz-Credential=AKIDEXAMPLE%2F20260805%2Feu-west-1%2Frds-db%2Faws4_request"),
        token);
  }

  /** The signature is computed here once more, from the rules of Signature Version 4. */
  @Test
  void theSignatureIsThatOfSignatureVersion4() throws GeneralSecurityException {
    String token = tokens().token(HOST, 5432, "firn");
    String query = token.substring(token.indexOf('?') + 1, token.indexOf("&X-Amz-Signature="));
    String[] parameters = query.split("&", -1);
    java.util.Arrays.sort(parameters);
    String request =
        "GET\n/\n%s\nhost:%s:5432\n\nhost\n%s"
            .formatted(String.join("&", parameters), HOST, sha256(""));
    String text =
        "AWS4-HMAC-SHA256\n20260805T032000Z\n20260805/eu-west-1/rds-db/aws4_request\n"
            + sha256(request);
    byte[] key = "AWS4wJalrXUtnFEMI".getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {"20260805", "eu-west-1", "rds-db", "aws4_request", text}) {
      key = hmac(key, part);
    }

    assertEquals(
        HexFormat.of().formatHex(key),
        token.substring(token.indexOf("&X-Amz-Signature=") + "&X-Amz-Signature=".length()));
  }

  @Test
  void aSessionsTokenIsSignedToo() {
    RdsTokens tokens =
        new RdsTokens(AwsSessionCredentials.create("AKID", "key", "session"), "eu-west-1", CLOCK);

    assertTrue(tokens.token(HOST, 5432, "firn").contains("&X-Amz-Security-Token=session"));
  }

  @Test
  void theRegionIsInTheNameOfTheHost() {
    assertEquals("eu-west-1", RdsTokens.region(HOST));
    assertEquals("cn-north-1", RdsTokens.region("a.b.cn-north-1.rds.amazonaws.com.cn"));
  }

  private static RdsTokens tokens() {
    return new RdsTokens(
        AwsBasicCredentials.create("AKIDEXAMPLE", "wJalrXUtnFEMI"), "eu-west-1", CLOCK);
  }

  private static String sha256(String text) throws GeneralSecurityException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
