package dev.firn.local.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network in front of an AWS that fails at random, by a seed: some calls are answered with 503,
 * some connections are cut before the call arrives, some answers are lost although the call was
 * executed, and some calls take long. Sometimes Glue reports a conflict to a commit.
 */
public final class FaultyAws implements AutoCloseable {

  /** The fault of a call. */
  public enum Fault {
    UNAVAILABLE,
    CUT,
    ANSWER_LOST,
    SLOW,
    /** Glue's answer when a table has another version than the one to be replaced. */
    CONFLICT
  }

  private static final List<Fault> OF_THE_NETWORK =
      List.of(Fault.UNAVAILABLE, Fault.CUT, Fault.ANSWER_LOST, Fault.SLOW);

  /** One in this many calls has a network fault. */
  private static final int ONE_IN = 12;

  /** One in this many commits gets a conflict. */
  private static final int ONE_COMMIT_IN = 3;

  private static final String COMMIT = "AWSGlue.UpdateTable";

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");

  private final URI aws;
  private final Random random;
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private final List<String> commits = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private FaultyAws(URI aws, long seed) throws IOException {
    this.aws = aws;
    this.random = new Random(seed);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  public static FaultyAws before(URI aws, long seed) throws IOException {
    FaultyAws faulty = new FaultyAws(aws, seed);
    faulty.server.setExecutor(faulty.threads);
    faulty.server.createContext("/", faulty::serve);
    faulty.server.start();
    return faulty;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How often each fault happened. */
  public synchronized Map<Fault, Integer> faults() {
    return new EnumMap<>(faults);
  }

  /** The commits that Glue received: bodies of UpdateTable. */
  public List<String> commits() {
    return List.copyOf(commits);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private synchronized Optional<Fault> next(boolean isCommit) {
    Optional<Fault> fault = choose(isCommit);
    fault.ifPresent(one -> faults.merge(one, 1, Integer::sum));
    return fault;
  }

  private Optional<Fault> choose(boolean isCommit) {
    if (isCommit && random.nextInt(ONE_COMMIT_IN) == 0) {
      return Optional.of(Fault.CONFLICT);
    }
    return random.nextInt(ONE_IN) == 0
        ? Optional.of(OF_THE_NETWORK.get(random.nextInt(OF_THE_NETWORK.size())))
        : Optional.empty();
  }

  private void serve(HttpExchange call) throws IOException {
    boolean isCommit = COMMIT.equals(call.getRequestHeaders().getFirst("X-Amz-Target"));
    Optional<Fault> fault = next(isCommit);
    byte[] body = call.getRequestBody().readAllBytes();
    if (isCommit) {
      commits.add(new String(body, StandardCharsets.UTF_8));
    }
    try {
      if (fault.filter(Fault.CUT::equals).isPresent()) {
        return;
      }
      if (fault.filter(Fault.UNAVAILABLE::equals).isPresent()) {
        call.sendResponseHeaders(503, -1);
        return;
      }
      if (fault.filter(Fault.CONFLICT::equals).isPresent()) {
        refuseCommit(call);
        return;
      }
      if (fault.filter(Fault.SLOW::equals).isPresent()) {
        Thread.sleep(700);
      }
      HttpResponse<byte[]> answer = client.send(request(call, body), BodyHandlers.ofByteArray());
      if (fault.filter(Fault.ANSWER_LOST::equals).isEmpty()) {
        answer(call, answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // Without an answer this closes the connection.
      call.close();
    }
  }

  private static void refuseCommit(HttpExchange call) throws IOException {
    byte[] body =
        """
        {"__type": "ConcurrentModificationException", "Message": "Update table failed due to concurrent modifications."}"""
            .getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    call.sendResponseHeaders(400, body.length);
    call.getResponseBody().write(body);
  }

  private HttpRequest request(HttpExchange call, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(aws + call.getRequestURI().toString()))
            .method(call.getRequestMethod(), BodyPublishers.ofByteArray(body));
    for (Map.Entry<String, List<String>> header : call.getRequestHeaders().entrySet()) {
      if (!isOfTheConnection(header.getKey())) {
        header.getValue().forEach(value -> request.header(header.getKey(), value));
      }
    }
    return request.build();
  }

  private static void answer(HttpExchange call, HttpResponse<byte[]> answer) throws IOException {
    boolean isHead = call.getRequestMethod().equals("HEAD");
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              boolean isLengthOfHead = isHead && name.equalsIgnoreCase("content-length");
              if (isLengthOfHead || !isOfTheConnection(name)) {
                call.getResponseHeaders().put(name, values);
              }
            });
    byte[] body = answer.body();
    call.sendResponseHeaders(answer.statusCode(), isHead || body.length == 0 ? -1 : body.length);
    if (!isHead && body.length > 0) {
      call.getResponseBody().write(body);
    }
  }

  private static boolean isOfTheConnection(String header) {
    return OF_THE_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
  }
}
