package dev.firn.source.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.firn.console.OperatorException;
import dev.firn.source.ConnectionLoss;
import dev.firn.source.Login;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The real client of AWS against a server that answers as Secrets Manager does. */
class ManagedSecretsTest {

  private HttpServer server;
  private SecretsManagerClient client;
  private volatile int status = 200;
  private volatile String answer = "";
  private volatile String asked = "";

  @BeforeEach
  void server() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client =
        SecretsManagerClient.builder()
            .httpClientBuilder(ApacheHttpClient.builder())
            .endpointOverride(URI.create("http://localhost:" + server.getAddress().getPort()))
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void theSecretOfRdsHasUserAndPassword() {
    secret("{\"engine\":\"postgres\",\"port\":5432,\"username\":\"firn_b\",\"password\":\"p{w\"}");

    Login login = read().login("firn_a");

    assertEquals(new Login("firn_b", "p{w"), login);
    assertFalse(login.toString().contains("p{w"));
    assertTrue(asked.contains("\"SecretId\":\"shop/firn\""), asked);
  }

  @Test
  void aPlainTextIsThePasswordOfTheConfiguredUser() {
    secret("pass word");

    assertEquals(new Login("firn", "pass word"), read().login("firn"));
  }

  @Test
  void aRotatedSecretIsReadAtTheNextAsking() {
    secret("old");
    assertEquals("old", read().text());

    secret("new");
    assertEquals("new", read().text());
  }

  @Test
  void aJsonWithoutPasswordIsRefusedAndNotShown() {
    secret("{\"username\":\"firn\",\"pass\":\"hidden\"}");

    OperatorException refusal = assertThrows(OperatorException.class, () -> read().login("firn"));

    assertTrue(refusal.getMessage().contains("its JSON has no password: shop/firn"));
    assertFalse(refusal.getMessage().contains("hidden"));
  }

  @Test
  void aMissingSecretNamesTheSecretAndThePermission() {
    status = 400;
    answer = "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"can't find it\"}";

    OperatorException refusal = assertThrows(OperatorException.class, this::read);

    assertTrue(
        refusal.getMessage().startsWith("Cannot read secret: ResourceNotFoundException: shop/firn"),
        refusal.getMessage());
    assertTrue(refusal.getMessage().contains("secretsmanager:GetSecretValue"));
    assertFalse(ConnectionLoss.isCauseOf(refusal));
  }

  @Test
  void anOutageIsAReasonToTryAgain() {
    status = 503;
    answer = "{}";

    OperatorException refusal = assertThrows(OperatorException.class, this::read);

    assertTrue(ConnectionLoss.isCauseOf(refusal));
  }

  @Test
  void theRegionIsThatOfTheArn() {
    assertEquals(
        Optional.of("eu-central-1"),
        ManagedSecrets.region(
            "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop-a1B2c3"));
    assertEquals(Optional.empty(), ManagedSecrets.region("shop/firn"));
  }

  private ManagedSecret read() {
    return new ManagedSecrets(client).secret("shop/firn");
  }

  private void secret(String value) {
    answer =
        "{\"Name\":\"shop/firn\",\"SecretString\":\"%s\"}".formatted(value.replace("\"", "\\\""));
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
